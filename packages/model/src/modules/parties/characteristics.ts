import { datetime } from '../../kinds/datetime.ts';
import { text } from '../../kinds/text.ts';

/** The columns in which a record holds what a tenant wants to know of it besides its fields. */
// prettier-ignore
export const characteristics = {
  characteristic: text({ required: true, max: 60 }),
  value:          text({ required: true }),
  valueTo:        text(),
  updatedAt:      datetime(),
  source:         text({ max: 60 }),
};
