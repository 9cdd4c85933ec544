import type { RecordOf } from '@tessera-crm/model/records.js';
import { html, type nothing, type TemplateResult } from 'lit';
import { LateCode } from '../data/late-code.ts';
import type { RecordController } from '../data/record-controller.ts';
import type { CrmElement } from '../frame/element.ts';
import type { Refusals } from '../outgoing/refusals.ts';
import { adopt } from '../styles/adopt.ts';
import { rest } from '../styles/rest.ts';
import { styles } from './card-rest.styles.ts';
import type { ContactCardMessages } from './contact-card.messages.ts';
import { Copying } from './copying.ts';
import { Figures } from './figures.ts';
import { PhotoController } from './photo-controller.ts';

export interface Subject {
  readonly person: () => RecordOf<'contacts'> | undefined;
  readonly account: RecordController<'accounts'>;
}

/** What a card shows once the person is there: figures, a picture, buttons that copy, answers to the mouse. */
export class CardRest {
  readonly #host: CrmElement<ContactCardMessages>;
  readonly #photo: PhotoController;
  readonly #copying: Copying;
  readonly #subject: Subject;
  readonly #refusals: LateCode<Refusals>;
  #figures: Figures | undefined;

  constructor(host: CrmElement<ContactCardMessages>, subject: Subject) {
    this.#host = host;
    this.#photo = new PhotoController(host, () => subject.person()?.photo);
    this.#copying = new Copying(host);
    this.#subject = subject;
    this.#refusals = new LateCode(host, async () => {
      const { Refusals } = await import('../outgoing/refusals.ts');
      return new Refusals(host, { module: 'contacts', id: () => subject.person()?.id ?? '' });
    });
    adopt(host.renderRoot, rest, styles);
  }

  /** What is told to those who do not see that something was copied. */
  get said(): string {
    return this.#copying.copied === undefined ? '' : this.#host.t('frame.copied');
  }

  /** Undefined as long as initials have to do. */
  get picture(): TemplateResult | undefined {
    const { address } = this.#photo;
    if (address === undefined) return undefined;
    return html`<img src=${address} alt="" @error=${() => this.#photo.discard()} />`;
  }

  /** The chip that says of changes that they wait to be sent; undefined when none does. */
  get waiting(): unknown {
    return this.#refusals.current?.renderMark(this.#subject.person()?.id ?? '');
  }

  /** A change of this person that a server refused. */
  get refusal(): unknown {
    return this.#refusals.current?.render();
  }

  renderFigures(): unknown {
    this.#figures ??= new Figures(this.#host, this.#subject);
    return this.#figures.render();
  }

  renderCopy(value: string): TemplateResult | typeof nothing {
    return this.#copying.renderButton(value, this.#host.t('copyOf', { value }));
  }
}
