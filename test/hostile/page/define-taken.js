// A script that registers nothing unless it knows the tag.
customElements.define = function define(name) {
  throw new Error(`${name} is not on our list.`);
};
