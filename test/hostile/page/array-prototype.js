// Old scripts: new words for lists, texts and elements, met by every `for … in`; and old ones, in their own way.
Array.prototype.last = function () {
  return this[this.length - 1];
};
Array.prototype.remove = function (one) {
  return this.filter((other) => other !== one);
};
String.prototype.strip = function () {
  return this.replace(/^\s+|\s+$/g, '');
};
Element.prototype.hide = function () {
  this.hidden = true;
};
Function.prototype.delay = function (milliseconds) {
  return setTimeout(this, milliseconds);
};
