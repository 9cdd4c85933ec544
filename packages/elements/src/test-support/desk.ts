import { address } from '@tessera-crm/model/kinds/address.js';
import { anyLinks } from '@tessera-crm/model/kinds/any-links.js';
import { autonumber } from '@tessera-crm/model/kinds/autonumber.js';
import { choice } from '@tessera-crm/model/kinds/choice.js';
import { choices } from '@tessera-crm/model/kinds/choices.js';
import { color } from '@tessera-crm/model/kinds/color.js';
import { date } from '@tessera-crm/model/kinds/date.js';
import { datetime } from '@tessera-crm/model/kinds/datetime.js';
import { decimal } from '@tessera-crm/model/kinds/decimal.js';
import { email } from '@tessera-crm/model/kinds/email.js';
import { emails } from '@tessera-crm/model/kinds/emails.js';
import { files } from '@tessera-crm/model/kinds/files.js';
import { lines } from '@tessera-crm/model/kinds/lines.js';
import { link } from '@tessera-crm/model/kinds/link.js';
import { longtext } from '@tessera-crm/model/kinds/longtext.js';
import { money } from '@tessera-crm/model/kinds/money.js';
import { owner } from '@tessera-crm/model/kinds/owner.js';
import { phones } from '@tessera-crm/model/kinds/phones.js';
import { rating } from '@tessera-crm/model/kinds/rating.js';
import { richtext } from '@tessera-crm/model/kinds/richtext.js';
import { secret } from '@tessera-crm/model/kinds/secret.js';
import { tags } from '@tessera-crm/model/kinds/tags.js';
import { text } from '@tessera-crm/model/kinds/text.js';
import { time } from '@tessera-crm/model/kinds/time.js';
import { toggle } from '@tessera-crm/model/kinds/toggle.js';
import { url } from '@tessera-crm/model/kinds/url.js';
import { defineModule } from '@tessera-crm/model/module.js';
import { html, type PropertyDeclarations } from 'lit';
import { controlMessages } from '../controls/controls.messages.ts';
import { formStyles } from '../controls/form.styles.ts';
import { FormControls } from '../controls/form-controls.ts';
import { renderField } from '../controls/field.ts';
import { DraftController } from '../draft/draft-controller.ts';
import { CrmElement } from '../frame/element.ts';
import { base } from '../styles/base.ts';
import { tokens } from '../styles/tokens.ts';

/** A module with a field for every control. */
export const desks = defineModule('desks', {
  area: 'activities',
  title: ['name'],
  // prettier-ignore
  fields: {
    name:      text({ required: true, max: 40 }),
    notes:     longtext(),
    story:     richtext(),
    contact:   email(),
    website:   url(),
    pin:       secret(),
    salary:    decimal({ sensitive: true }),
    weight:    decimal({ digits: 3, unit: 'kg', min: 0 }),
    price:     money(),
    day:       date(),
    hour:      time(),
    meeting:   datetime(),
    priority:  choice(['low', 'normal', 'high'], { default: 'normal' }),
    size:      choice(['small', 'large'], { required: true }),
    days:      choices(['mon', 'tue', 'wed']),
    labels:    tags(),
    active:    toggle({ default: false }),
    stars:     rating({ max: 5 }),
    account:   link('accounts'),
    answers:   owner(),
    related:   anyLinks({ to: ['accounts', 'contacts'] }),
    place:     address(),
    phones:    phones(),
    mails:     emails(),
    rows:      lines(),
    papers:    files({ accept: '.pdf' }),
    colour:    color(),
    code:      autonumber({ prefix: 'D' }),
  },
});

/** All controls on one table, for tests and stories. */
export class Desk extends CrmElement<typeof controlMessages> {
  static override readonly element = 'desk';
  static override readonly messages = controlMessages;
  static override readonly translations = { it: () => import('../controls/controls.messages.it.ts') };
  static override readonly styles = [tokens, base, formStyles];
  static override readonly properties: PropertyDeclarations = {
    fields: {},
    draftKey: { attribute: 'draft-key' },
    readonly: { type: Boolean },
    start: { type: Object },
  };

  declare fields: string | undefined;
  declare draftKey: string | undefined;
  declare readonly: boolean;
  declare start: Readonly<Record<string, unknown>>;

  readonly draft = new DraftController(this, {
    module: desks,
    fields: () => this.names,
    initial: () => this.start,
    key: () => this.draftKey ?? null,
  });
  readonly #form = new FormControls(this, { unread: (path) => this.draft.unread(path) });

  constructor() {
    super();
    this.readonly = false;
    this.start = {};
  }

  get names(): readonly string[] {
    return this.fields?.split(',') ?? Object.keys(desks.fields).slice(0, 28);
  }

  protected override renderContent(): unknown {
    return html`<div class="parts">
      ${this.names.map((name) =>
        renderField({
          form: this.#form,
          module: desks.key,
          name,
          field: desks.fields[name as keyof typeof desks.fields],
          value: this.draft.values[name] ?? null,
          issues: this.draft.issues,
          isReadonly: this.readonly,
          onEdit: this.draft.edit,
        }),
      )}
    </div>`;
  }
}
