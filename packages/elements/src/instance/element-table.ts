import type { Defined } from '../frame/define.ts';

/** An element whose code is here but that has no tag yet. */
interface Definable {
  define(tag: string, registry: CustomElementRegistry): Defined;
}

/** The code of all elements by the name that follows the prefix in their tag; every one is a file of its own. */
export const elementTable = {
  provider: () => import('../provider/provider.ts').then(({ Provider }) => Provider),
  'contact-card': () => import('../contact-card/contact-card.ts').then(({ ContactCard }) => ContactCard),
  'pipeline-board': () => import('../pipeline-board/pipeline-board.ts').then(({ PipelineBoard }) => PipelineBoard),
  'ticket-form': () => import('../ticket-form/ticket-form.ts').then(({ TicketForm }) => TicketForm),
  'record-list': () => import('../record-list/record-list.ts').then(({ RecordList }) => RecordList),
} as const satisfies Record<string, () => Promise<Definable>>;

export type ElementName = keyof typeof elementTable;

export const loadElement = (name: ElementName): Promise<Definable> => elementTable[name]();

export const isElementName = (name: string): name is ElementName => Object.hasOwn(elementTable, name);
