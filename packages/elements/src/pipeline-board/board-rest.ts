// What a board can do without until somebody has looked at it; fetched behind the first cards.
export { openMoveMenu, renderMoveMenu } from './move-menu.ts';
export { renderNotice } from './notice.ts';
