import type { ElementClass } from '../frame/define.ts';

/** The code of all elements by the name that follows the prefix in their tag; every one is a file of its own. */
export const elementTable = {
  provider: () => import('../provider/provider.ts').then(({ Provider }) => Provider),
  'contact-card': () => import('../contact-card/contact-card.ts').then(({ ContactCard }) => ContactCard),
  'pipeline-board': () => import('../pipeline-board/pipeline-board.ts').then(({ PipelineBoard }) => PipelineBoard),
  'ticket-form': () => import('../ticket-form/ticket-form.ts').then(({ TicketForm }) => TicketForm),
  'record-list': () => import('../record-list/record-list.ts').then(({ RecordList }) => RecordList),
} as const satisfies Record<string, () => Promise<unknown>>;

export type ElementName = keyof typeof elementTable;

/** Abstract in nothing but their types: each is a class that browsers make elements of. */
export const loadElement = (name: ElementName): Promise<ElementClass> => elementTable[name]() as Promise<ElementClass>;

export const isElementName = (name: string): name is ElementName => Object.hasOwn(elementTable, name);
