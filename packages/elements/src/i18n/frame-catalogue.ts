import type { Catalogue } from './catalogue.ts';
import { messages } from './frame.messages.ts';

export const frameCatalogue: Catalogue = {
  messages,
  translations: { it: () => import('./frame.messages.it.ts') },
};
