import { CrmError } from '@tessera-crm/model/errors.js';
import type { Refused } from '@tessera-crm/model/outgoing.js';
import { prepareSaving } from '../data/prepare-saving.ts';
import type { DraftController } from '../draft/draft-controller.ts';
import { newId } from '../draft/new-id.ts';
import type { CrmElement } from '../frame/element.ts';
import { Refusals } from '../outgoing/refusals.ts';
import type { Submission } from './submission.ts';

interface ReturnedOptions {
  readonly draft: DraftController;
  readonly submission: Submission;
  /** A ticket is in the form again, with what is wrong about it. */
  readonly cameBack: () => void;
}

/** Tickets that waited on this device and were refused: they come back into the form, to be corrected. */
export class Returned {
  readonly #refusals: Refusals;
  readonly #options: ReturnedOptions;

  constructor(host: CrmElement, options: ReturnedOptions) {
    this.#options = options;
    this.#refusals = new Refusals(host, { module: 'tickets', edit: (refused) => this.#edit(refused) });
    void prepareSaving(host.source);
  }

  /** The ticket that was just said to be sent comes back by itself; others wait for the person. */
  render(): unknown {
    const { ticket } = this.#options.submission;
    const [own] = ticket ? this.#refusals.outgoing.refused('tickets', ticket.id) : [];
    if (own) queueMicrotask(() => this.#edit(own));
    return this.#refusals.render();
  }

  #edit(refused: Refused): void {
    const { draft, submission, cameBack } = this.#options;
    const change = refused.changes.find(({ module, op }) => module === 'tickets' && op === 'create');
    if (!change || !('values' in change)) return;
    submission.reset();
    // Another id, because what a server refused under the first is over
    const isBack = draft.bring({ id: newId(), values: change.values, unread: {}, extra: filesOf(refused) });
    if (!isBack) return;
    const { code, message, facts } = refused.error;
    const error = new CrmError(code, message, facts);
    submission.refuse(error);
    draft.refuse(error.issues);
    cameBack();
    void this.#refusals.outgoing.discard(refused);
  }
}

/** The files that were to become documents of the ticket, as the form keeps them. */
const filesOf = ({ changes }: Refused): unknown => {
  const documents = changes.flatMap((change) =>
    change.module === 'documents' && change.op === 'create' ? [change.values] : [],
  );
  const files = documents.map(({ file, fileName, mime, size }) => ({
    id: file,
    name: fileName,
    type: mime ?? '',
    size,
  }));
  return files.length > 0 ? files : undefined;
};
