import type { Control } from '@tessera-crm/model/kind.js';
import { renderChoice } from './choice.ts';
import { renderChoices } from './choices.ts';
import type { RenderControl } from './control-view.ts';
import { renderDate } from './date.ts';
import { renderFile } from './file.ts';
import { renderGroup } from './group.ts';
import { renderLines } from './lines.ts';
import { renderLink } from './link.ts';
import { renderList } from './list.ts';
import { renderLongtext } from './longtext.ts';
import { renderMoney } from './money.ts';
import { renderNone } from './none.ts';
import { renderNumber } from './number.ts';
import { renderRating } from './rating.ts';
import { renderRichtext } from './richtext.ts';
import { renderText } from './text.ts';
import { renderToggle } from './toggle.ts';

/** A control, and what stands around it: a label for one input, a legend for several, or nothing as it has its own. */
export interface ControlEntry<A extends Control['as'] = Control['as']> {
  readonly frame: 'label' | 'group' | 'own';
  readonly render: RenderControl<A>;
}

/** The closed set: one control for each that a kind may want. A missing one does not compile. */
export const controls: { readonly [A in Control['as']]: ControlEntry<A> } = {
  text: { frame: 'label', render: renderText },
  longtext: { frame: 'label', render: renderLongtext },
  richtext: { frame: 'label', render: renderRichtext },
  number: { frame: 'label', render: renderNumber },
  money: { frame: 'label', render: renderMoney },
  date: { frame: 'label', render: renderDate },
  choice: { frame: 'label', render: renderChoice },
  choices: { frame: 'group', render: renderChoices },
  toggle: { frame: 'own', render: renderToggle },
  rating: { frame: 'group', render: renderRating },
  link: { frame: 'label', render: renderLink },
  file: { frame: 'group', render: renderFile },
  group: { frame: 'group', render: renderGroup },
  list: { frame: 'group', render: renderList },
  lines: { frame: 'group', render: renderLines },
  none: { frame: 'label', render: renderNone },
};
