// Hands the instances of the script tags to whoever looks at the page from outside.
for (const { src } of document.querySelectorAll('script[data-backend]')) {
  const { instances } = await import(src);
  hostile.instances.push(...instances);
}
// Where Lit cannot live there is no such thing
const everything = '/elements/index.js';
const { createCrm } = await import(everything).catch(() => ({}));
hostile.createCrm = createCrm;
