/** The languages offered in lists; any other tag of BCP 47 is accepted as well. @see ISO 639-1 */
export const languages: readonly string[] = /* @__PURE__ */ (
  'af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lb lo ' +
  'lt lv mk ml mn mr ms mt my ne nl no pa pl pt ro ru si sk sl sq sr sv sw ta te tg th tk tr uk ur uz vi zh zu'
).split(' ');
