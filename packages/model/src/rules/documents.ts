import type { AnyLink } from '../kinds/any-link.ts';
import type { Rule, Step } from '../rule.ts';

interface Document {
  readonly type: 'file' | 'link' | 'html' | null;
  readonly link: string | null;
  readonly content: string | null;
  readonly direction: string;
  readonly related: readonly AnyLink[] | null;
}

const documentOf = (step: Step): Document => step.record as unknown as Document;

/** What a document is follows from what it holds. */
export const documentType: Rule = {
  id: 'documents.type',
  on: 'fill',
  when: ['type'],
  run(step) {
    const { type, link, content } = documentOf(step);
    if (type !== null) return;
    if (link !== null) step.set('type', 'link');
    else step.set('type', content === null ? 'file' : 'html');
  },
};

/** Where each type keeps what the document is. */
const holding = { file: 'file', link: 'link', html: 'content' } as const;

/** A document has something in it. */
export const documentHolds: Rule = {
  id: 'documents.holds',
  when: ['type', 'file', 'link', 'content'],
  run(step) {
    const field = holding[documentOf(step).type ?? 'file'];
    if (step.record[field] === null) step.refuse(field, 'required');
  },
};

/** What a customer uploads is shared with that customer. */
export const uploadedByCustomer: Rule = {
  id: 'documents.uploaded-by-customer',
  run(step) {
    const { identity } = step.context;
    if (step.before !== null || identity.type !== 'subject') return;
    step.set('direction', 'from_customer');
    step.set('sharedWith', [{ module: identity.module, id: identity.id }]);
  },
};

/** A document sent to a customer remembers the stage in which its deal was then. */
export const stageWhenSent: Rule = {
  id: 'documents.stage-when-sent',
  when: ['direction', 'related'],
  async run(step) {
    const { direction, related } = documentOf(step);
    const link = (related ?? []).find(({ module }) => module === 'deals');
    if (direction !== 'to_customer' || step.record['dealStage'] !== null || !link) return;
    const deal = await step.read.get('deals', link.id);
    const stage = deal && (await step.read.get('stages', deal['stage'] as string));
    step.set('dealStage', stage?.['name'] ?? null);
  },
};
