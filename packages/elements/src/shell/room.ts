/** As wide as the page lets it be, as high as what is inside, unless the page says otherwise. */
const rules =
  ':host{display:flex;flex-direction:column;box-sizing:border-box}' +
  ':host([hidden]){display:none!important}' +
  ':host>*{flex:1 1 auto;min-block-size:0}' +
  '.room{border-radius:8px;background:currentColor;opacity:.05;animation:appear .2s .3s backwards}' +
  '@keyframes appear{from{opacity:0}}' +
  '@media print{.room{display:none}}';

/** Besides, against any rule of the page; what is inherited ends here. */
const strictRules =
  ':host{all:initial!important;display:flex!important;flex-direction:column!important;box-sizing:border-box!important}' +
  ':host([hidden]){display:none!important}';

const sheets = new Map<string, CSSStyleSheet>();

const sheetOf = (text: string): CSSStyleSheet => {
  let sheet = sheets.get(text);
  if (!sheet) {
    sheets.set(text, (sheet = new CSSStyleSheet()));
    sheet.replaceSync(text);
  }
  return sheet;
};

/** Closes a shell to the page's styles, or opens it. */
export const closeShell = (root: ShadowRoot, isClosed: boolean): void => {
  const strict = sheetOf(strictRules);
  if (root.adoptedStyleSheets.includes(strict) === isClosed) return;
  const others = root.adoptedStyleSheets.filter((one) => one !== strict);
  root.adoptedStyleSheets = isClosed ? [...others, strict] : others;
};

/** Fills a shell with nothing of the right size, so that the page does not move when the element comes. */
export const keepRoom = (root: ShadowRoot, height: number, isClosed: boolean): HTMLElement => {
  root.adoptedStyleSheets = [sheetOf(rules)];
  closeShell(root, isClosed);
  const room = document.createElement('div');
  room.className = 'room';
  room.style.minBlockSize = `${height}px`;
  root.replaceChildren(room);
  return room;
};
