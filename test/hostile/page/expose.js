// Hands the instances of the script tag to whoever looks at the page from outside.
import { createCrm } from '/elements/index.js';

hostile.createCrm = createCrm;
const tag = document.querySelector('script[data-backend]');
const { instances } = await import(tag.src);
hostile.instances.push(...instances);
hostile.autoUrl = tag.src;
