/** As wide as the page lets it be, as high as what is inside, unless the page says otherwise. */
const rules =
  ':host{display:flex;flex-direction:column;box-sizing:border-box}' +
  ':host([hidden]){display:none!important}' +
  ':host>*{flex:1 1 auto;min-block-size:0}' +
  '.room{border-radius:8px;background:currentColor;opacity:.05;animation:appear .2s .3s backwards}' +
  '.room:focus-visible{outline:2px solid;opacity:.2}' +
  '@keyframes appear{from{opacity:0}}' +
  '@media print{.room{display:none}}';

let sheet: CSSStyleSheet | undefined;

/** Fills a shell with nothing of the right size, so that the page does not move when the element comes. */
export const keepRoom = (root: ShadowRoot, height: number): void => {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
  }
  root.adoptedStyleSheets = [sheet];
  const room = document.createElement('div');
  room.className = 'room';
  room.style.minBlockSize = `${height}px`;
  root.replaceChildren(room);
};
