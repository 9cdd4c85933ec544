import type { ElementClass } from '../frame/define.ts';

/**
 * The code of all elements by the name that follows the prefix in their tag; every one is a file of its own, from which
 * the class alone is taken: bundlers then leave the file's own exports in it, and `elementIn` finds the class there.
 */
export const elementTable = {
  provider: () => import('../provider/provider.ts').then(({ Provider }) => Provider),
  'contact-card': () => import('../contact-card/contact-card.ts').then(({ ContactCard }) => ContactCard),
  'pipeline-board': () => import('../pipeline-board/pipeline-board.ts').then(({ PipelineBoard }) => PipelineBoard),
  'ticket-form': () => import('../ticket-form/ticket-form.ts').then(({ TicketForm }) => TicketForm),
  'record-list': () => import('../record-list/record-list.ts').then(({ RecordList }) => RecordList),
  'sync-status': () => import('../sync-status/sync-status.ts').then(({ SyncStatus }) => SyncStatus),
  conflicts: () => import('../conflicts/conflicts.ts').then(({ Conflicts }) => Conflicts),
} as const satisfies Record<string, () => Promise<unknown>>;

export type ElementName = keyof typeof elementTable;

/** By what bundles of ours make templates, under a name that all copies on a page share; few browsers have to fetch it. */
const templates = globalThis as { readonly [key: symbol]: { readonly ready?: () => Promise<void> } | undefined };

/** How each is asked for by now. */
const sources: Record<ElementName, () => Promise<unknown>> = { ...elementTable };

/** Fetches the code of an element; after a failure it is asked for anew. */
export const loadElement = async (name: ElementName): Promise<ElementClass> => {
  try {
    // Abstract in nothing but their types: each is a class that browsers make elements of
    const found = (await sources[name]()) as ElementClass;
    await templates[Symbol.for('tessera.fill-template')]?.ready?.();
    return found;
  } catch (error) {
    const [address] = (error instanceof TypeError && /https?:[^\s#]+/.exec(error.message)) || [];
    const other = `${address}#${performance.now()}`;
    // Chromium never asks again for a file that it did not get, except by another address
    if (address) sources[name] = () => elementIn(other, name);
    throw error;
  }
};

const elementIn = async (file: string, name: ElementName): Promise<unknown> =>
  Object.values<Partial<ElementClass>>(await import(/* @vite-ignore */ file)).find(({ element }) => element === name);

export const isElementName = (name: string): name is ElementName => Object.hasOwn(elementTable, name);
