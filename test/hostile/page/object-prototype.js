// Adds to every object, and to every `for … in`.
Object.prototype.inherits = function (from) {
  return Object.setPrototypeOf(this, from);
};
Object.prototype.theirs = true;
