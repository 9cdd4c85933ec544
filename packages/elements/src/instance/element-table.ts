import type { Defined } from '../frame/define.ts';

/** An element whose code is here but that has no tag yet. */
interface Definable {
  define(tag: string, registry: CustomElementRegistry): Defined;
}

interface ElementRow {
  /** Fetches the code. */
  readonly load: () => Promise<Definable>;
  /** Pixels in height that are kept free on the page until the code is there; 0 takes no room. */
  readonly height: number;
}

/** All elements by the name that follows the prefix in their tag; every one is a file of its own. */
export const elementTable = {
  provider: { load: () => import('../provider/provider.ts').then(({ Provider }) => Provider), height: 0 },
  'contact-card': {
    load: () => import('../contact-card/contact-card.ts').then(({ ContactCard }) => ContactCard),
    height: 348,
  },
  'pipeline-board': {
    load: () => import('../pipeline-board/pipeline-board.ts').then(({ PipelineBoard }) => PipelineBoard),
    height: 616,
  },
  'ticket-form': {
    load: () => import('../ticket-form/ticket-form.ts').then(({ TicketForm }) => TicketForm),
    height: 470,
  },
  'record-list': {
    load: () => import('../record-list/record-list.ts').then(({ RecordList }) => RecordList),
    height: 320,
  },
} as const satisfies Record<string, ElementRow>;

export type ElementName = keyof typeof elementTable;

export const loadElement = (name: ElementName): Promise<Definable> => elementTable[name].load();

export const isElementName = (name: string): name is ElementName => Object.hasOwn(elementTable, name);
