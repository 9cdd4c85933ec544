import type { ElementName } from './element-table.ts';

/** Pixels that are kept free on a page until an element's code is there: as high as it is while it loads. */
export const reservedHeights: Readonly<Record<ElementName, number>> = {
  provider: 0,
  'contact-card': 348,
  'pipeline-board': 616,
  'ticket-form': 470,
  'record-list': 254,
  'sync-status': 32,
  conflicts: 200,
};

/** Rules of CSS that keep the room. Any rule of the page outweighs them. */
export const reserveRules = (prefix: string): readonly string[] =>
  Object.entries(reservedHeights).map(([name, height]) => {
    const room = height > 0 ? `display: block; min-block-size: ${height}px` : 'display: contents';
    return `:where(${prefix}-${name}:not(:defined, [hidden])) { ${room} }`;
  });
