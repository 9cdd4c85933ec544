import type { Change } from '@tessera-crm/model/change.js';

interface StageRow {
  readonly it: string;
  readonly en: string;
  readonly kind: 'open' | 'won' | 'lost';
  /** Per cent. */
  readonly probability: string;
  readonly forecastCategory: string;
  readonly color: string;
  readonly maxDays?: number;
  readonly customerLabel: { readonly it: string; readonly en: string };
}

/** The stages of a pipeline nobody has thought about yet. */
// prettier-ignore
export const defaultStages: readonly StageRow[] = [
  { it: 'Nuova', en: 'New', kind: 'open', probability: '10', forecastCategory: 'pipeline', color: '#64748b', maxDays: 14, customerLabel: { it: 'Ricevuta', en: 'Received' } },
  { it: 'Qualificata', en: 'Qualified', kind: 'open', probability: '25', forecastCategory: 'pipeline', color: '#0ea5e9', maxDays: 21, customerLabel: { it: 'In valutazione', en: 'In review' } },
  { it: 'Analisi esigenze', en: 'Needs analysis', kind: 'open', probability: '40', forecastCategory: 'pipeline', color: '#6366f1', maxDays: 30, customerLabel: { it: 'In valutazione', en: 'In review' } },
  { it: 'Offerta', en: 'Proposal', kind: 'open', probability: '60', forecastCategory: 'best_case', color: '#8b5cf6', maxDays: 30, customerLabel: { it: 'Offerta inviata', en: 'Proposal sent' } },
  { it: 'Trattativa', en: 'Negotiation', kind: 'open', probability: '80', forecastCategory: 'commit', color: '#f59e0b', maxDays: 21, customerLabel: { it: 'In trattativa', en: 'In negotiation' } },
  { it: 'Venduto', en: 'Won', kind: 'won', probability: '100', forecastCategory: 'closed', color: '#16a34a', customerLabel: { it: 'Confermata', en: 'Confirmed' } },
  { it: 'Persa', en: 'Lost', kind: 'lost', probability: '0', forecastCategory: 'omitted', color: '#dc2626', customerLabel: { it: 'Chiusa', en: 'Closed' } },
];

const names = { it: 'Vendite', en: 'Sales' } as const;

/** The pipeline in which deals start, with its stages, as changes in the order in which they have to be made. */
export const defaultPipelineChanges = (newId: () => string, locale: string): readonly Change[] => {
  const language = locale.startsWith('it') ? 'it' : 'en';
  const pipeline = newId();
  const stages = defaultStages.map((stage, index): Change => ({
    op: 'create',
    module: 'stages',
    id: newId(),
    values: {
      pipeline,
      name: stage[language],
      order: index + 1,
      kind: stage.kind,
      probability: stage.probability,
      forecastCategory: stage.forecastCategory,
      color: stage.color,
      customerLabel: stage.customerLabel[language],
      ...(stage.maxDays !== undefined && { maxDays: stage.maxDays }),
    },
  }));
  const values = { name: names[language], module: 'deals', default: true };
  return [{ op: 'create', module: 'pipelines', id: pipeline, values }, ...stages];
};
