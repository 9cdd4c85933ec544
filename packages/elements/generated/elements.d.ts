// Written by `tessera-elements` from custom-elements.json; what is changed here is lost.
import type { Conflicts } from '@tessera-crm/elements/conflicts/conflicts.js';
import type { ContactCard } from '@tessera-crm/elements/contact-card/contact-card.js';
import type { PipelineBoard } from '@tessera-crm/elements/pipeline-board/pipeline-board.js';
import type { Provider } from '@tessera-crm/elements/provider/provider.js';
import type { RecordList } from '@tessera-crm/elements/record-list/record-list.js';
import type { SyncStatus } from '@tessera-crm/elements/sync-status/sync-status.js';
import type { TicketForm } from '@tessera-crm/elements/ticket-form/ticket-form.js';

/** What pages set on `<crm-conflicts>`. */
export interface ConflictsProperties {
  /** Of what stands above, 1 to 6; 3 unless given. Names of records are one below. */
  headingLevel?: Conflicts['headingLevel'] | undefined;
  /** Which of the instance's backends; the first unless given. */
  backend?: Conflicts['backend'] | undefined;
  /** How much room things get; that of the instance unless given. */
  density?: Conflicts['density'] | undefined;
  /** `visible` waits with reading until the element comes into sight. */
  loading?: Conflicts['loading'] | undefined;
}

/**
 * What a server refused of the changes that were made on this device, all of it in one place: where two people changed
 * the same, one chooses field by field; everything else can be tried again, brought back or thrown away. Nothing leaves
 * before it is settled.
 */
export interface ConflictsElement extends HTMLElement {
  /** Of what stands above, 1 to 6; 3 unless given. Names of records are one below. */
  headingLevel: Conflicts['headingLevel'];
  /** Which of the instance's backends; the first unless given. */
  backend: Conflicts['backend'];
  /** How much room things get; that of the instance unless given. */
  density: Conflicts['density'];
  /** `visible` waits with reading until the element comes into sight. */
  loading: Conflicts['loading'];
  /** The instance this element belongs to; undefined until there is one. */
  readonly crm: Conflicts['crm'];
  /** BCP 47: the nearest `lang`, then the instance's, then the browser's. */
  readonly locale: Conflicts['locale'];
  /** What is shown now. */
  readonly viewState: Conflicts['viewState'];
  /** Tries again what failed. */
  retry: Conflicts['retry'];
}

/** What pages set on `<crm-contact-card>`. */
export interface ContactCardProperties {
  /** The contact's id; or the contact itself, where the page has it already. */
  record?: ContactCard['record'] | undefined;
  /** The customer whom the page's token stands for, instead of an id. */
  subject?: ContactCard['subject'] | undefined;
  /** Of the name, 1 to 6; 3 unless given. */
  headingLevel?: ContactCard['headingLevel'] | undefined;
  /** Which of the instance's backends; the first unless given. */
  backend?: ContactCard['backend'] | undefined;
  /** How much room things get; that of the instance unless given. */
  density?: ContactCard['density'] | undefined;
  /** `visible` waits with reading until the element comes into sight. */
  loading?: ContactCard['loading'] | undefined;
}

/** Who a person is, how to reach them and how things stand, in one small card. */
export interface ContactCardElement extends HTMLElement {
  /** The contact's id; or the contact itself, where the page has it already. */
  record: ContactCard['record'];
  /** The customer whom the page's token stands for, instead of an id. */
  subject: ContactCard['subject'];
  /** Of the name, 1 to 6; 3 unless given. */
  headingLevel: ContactCard['headingLevel'];
  /** Which of the instance's backends; the first unless given. */
  backend: ContactCard['backend'];
  /** How much room things get; that of the instance unless given. */
  density: ContactCard['density'];
  /** `visible` waits with reading until the element comes into sight. */
  loading: ContactCard['loading'];
  /** The instance this element belongs to; undefined until there is one. */
  readonly crm: ContactCard['crm'];
  /** BCP 47: the nearest `lang`, then the instance's, then the browser's. */
  readonly locale: ContactCard['locale'];
  /** What is shown now. */
  readonly viewState: ContactCard['viewState'];
  /** Tries again what failed. */
  retry: ContactCard['retry'];
}

/** What pages set on `<crm-pipeline-board>`. */
export interface PipelineBoardProperties {
  /** Which pipeline: its id, or `default`. */
  pipeline?: PipelineBoard['pipeline'] | undefined;
  /** Only deals that match; a filter over deals, as an attribute in JSON. */
  query?: PipelineBoard['query'] | undefined;
  /** Deals can be looked at and opened, not moved. */
  readonly?: PipelineBoard['readonly'] | undefined;
  /** Without the bar above the columns. */
  hideToolbar?: PipelineBoard['hideToolbar'] | undefined;
  /** Which of the instance's backends; the first unless given. */
  backend?: PipelineBoard['backend'] | undefined;
  /** How much room things get; that of the instance unless given. */
  density?: PipelineBoard['density'] | undefined;
  /** `visible` waits with reading until the element comes into sight. */
  loading?: PipelineBoard['loading'] | undefined;
}

/**
 * The deals of a pipeline as cards in columns, one column for each stage. Cards are moved by mouse, pen, finger,
 * keyboard or menu; what a stage asks for is asked at once, and what is refused goes back and says why.
 */
export interface PipelineBoardElement extends HTMLElement {
  /** Which pipeline: its id, or `default`. */
  pipeline: PipelineBoard['pipeline'];
  /** Only deals that match; a filter over deals, as an attribute in JSON. */
  query: PipelineBoard['query'];
  /** Deals can be looked at and opened, not moved. */
  readonly: PipelineBoard['readonly'];
  /** Without the bar above the columns. */
  hideToolbar: PipelineBoard['hideToolbar'];
  /** Which of the instance's backends; the first unless given. */
  backend: PipelineBoard['backend'];
  /** How much room things get; that of the instance unless given. */
  density: PipelineBoard['density'];
  /** `visible` waits with reading until the element comes into sight. */
  loading: PipelineBoard['loading'];
  /** The instance this element belongs to; undefined until there is one. */
  readonly crm: PipelineBoard['crm'];
  /** BCP 47: the nearest `lang`, then the instance's, then the browser's. */
  readonly locale: PipelineBoard['locale'];
  /** What is shown now. */
  readonly viewState: PipelineBoard['viewState'];
  /** Tries again what failed. */
  retry: PipelineBoard['retry'];
}

/** What pages set on `<crm-provider>`. */
export interface ProviderProperties {
  /** An instance made by `createCrm`; the attributes are of no account then. */
  crm?: Provider['crm'] | undefined;
  /** The address under which `/v1` lies. */
  backend?: Provider['backend'] | undefined;
  /** Where the page's own server gives tokens, by POST. */
  tokenUrl?: Provider['tokenUrl'] | undefined;
  /** Any stable name of the person; without it nothing is kept on the device. */
  identity?: Provider['identity'] | undefined;
  /** BCP 47. */
  locale?: Provider['locale'] | undefined;
  /** IANA name. */
  timeZone?: Provider['timeZone'] | undefined;
  /** ISO 4217. */
  currency?: Provider['currency'] | undefined;
  /** A named look. */
  theme?: Provider['theme'] | undefined;
  /** How far the page's styles reach: `soft` or `strict`. */
  isolation?: Provider['isolation'] | undefined;
  /** For elements without one of their own. */
  density?: Provider['density'] | undefined;
}

/** Gives the elements inside it an instance of their own: another backend, another person, another look. */
export interface ProviderElement extends HTMLElement {
  /** An instance made by `createCrm`; the attributes are of no account then. */
  crm: Provider['crm'];
  /** The address under which `/v1` lies. */
  backend: Provider['backend'];
  /** Where the page's own server gives tokens, by POST. */
  tokenUrl: Provider['tokenUrl'];
  /** Any stable name of the person; without it nothing is kept on the device. */
  identity: Provider['identity'];
  /** BCP 47. */
  locale: Provider['locale'];
  /** IANA name. */
  timeZone: Provider['timeZone'];
  /** ISO 4217. */
  currency: Provider['currency'];
  /** A named look. */
  theme: Provider['theme'];
  /** How far the page's styles reach: `soft` or `strict`. */
  isolation: Provider['isolation'];
  /** For elements without one of their own. */
  density: Provider['density'];
}

/** What pages set on `<crm-record-list>`. */
export interface RecordListProperties {
  /** The fields to show, in order, separated by commas; those of the module's own list unless told. */
  columns?: RecordList['columns'] | undefined;
  /** The id of the record that is marked: the one opened last, unless the page says another. */
  current?: RecordList['current'] | undefined;
  /** What the list is called by readers; the module's name unless told. */
  label?: RecordList['label'] | undefined;
  /** Rows of a page; 50 unless told, 200 at most. */
  limit?: RecordList['limit'] | undefined;
  /** Whose records, `accounts`. */
  module?: RecordList['module'] | undefined;
  /** `scroll` loads more by itself when the end comes into sight; else a button does. */
  more?: RecordList['more'] | undefined;
  /** Which records and in which order: `{"where":{"lifecycle":"customer"},"sort":["-updatedAt"]}`. */
  query?: RecordList['query'] | undefined;
  /** Definitions of the page's own; the backend's unless given. */
  registry?: RecordList['registry'] | undefined;
  /** Whether there is a search box. */
  search?: RecordList['search'] | undefined;
  /** `me`: the customer a token stands for. The server sees to it that nothing else comes; the page holds no id. */
  subject?: RecordList['subject'] | undefined;
  /** Which of the instance's backends; the first unless given. */
  backend?: RecordList['backend'] | undefined;
  /** How much room things get; that of the instance unless given. */
  density?: RecordList['density'] | undefined;
  /** `visible` waits with reading until the element comes into sight. */
  loading?: RecordList['loading'] | undefined;
}

/**
 * A list of the records of any module: columns by the kinds of its fields, sorted by their heads, searched, page by
 * page. Only rows in sight are in the page. The first column leads to the record.
 *
 * With `height` set by the page the rows scroll inside the element, else with the page.
 */
export interface RecordListElement extends HTMLElement {
  /** The fields to show, in order, separated by commas; those of the module's own list unless told. */
  columns: RecordList['columns'];
  /** The id of the record that is marked: the one opened last, unless the page says another. */
  current: RecordList['current'];
  /** What the list is called by readers; the module's name unless told. */
  label: RecordList['label'];
  /** Rows of a page; 50 unless told, 200 at most. */
  limit: RecordList['limit'];
  /** Whose records, `accounts`. */
  module: RecordList['module'];
  /** `scroll` loads more by itself when the end comes into sight; else a button does. */
  more: RecordList['more'];
  /** Which records and in which order: `{"where":{"lifecycle":"customer"},"sort":["-updatedAt"]}`. */
  query: RecordList['query'];
  /** Definitions of the page's own; the backend's unless given. */
  registry: RecordList['registry'];
  /** Whether there is a search box. */
  search: RecordList['search'];
  /** `me`: the customer a token stands for. The server sees to it that nothing else comes; the page holds no id. */
  subject: RecordList['subject'];
  /** Which of the instance's backends; the first unless given. */
  backend: RecordList['backend'];
  /** How much room things get; that of the instance unless given. */
  density: RecordList['density'];
  /** `visible` waits with reading until the element comes into sight. */
  loading: RecordList['loading'];
  /** The instance this element belongs to; undefined until there is one. */
  readonly crm: RecordList['crm'];
  /** BCP 47: the nearest `lang`, then the instance's, then the browser's. */
  readonly locale: RecordList['locale'];
  /** What is shown now. */
  readonly viewState: RecordList['viewState'];
  /** Tries again what failed. */
  retry: RecordList['retry'];
}

/** What pages set on `<crm-sync-status>`. */
export interface SyncStatusProperties {
  /** Whether nothing is shown while there is nothing that anybody has to know. */
  quiet?: SyncStatus['quiet'] | undefined;
  /** Which of the instance's backends; the first unless given. */
  backend?: SyncStatus['backend'] | undefined;
  /** How much room things get; that of the instance unless given. */
  density?: SyncStatus['density'] | undefined;
  /** `visible` waits with reading until the element comes into sight. */
  loading?: SyncStatus['loading'] | undefined;
}

/**
 * What has not got to the server: what waits and since when, what was refused, and whether it is safe where it lies;
 * with a way to try again, and one to take all of it away as a file.
 *
 * It says so little where everything is saved that it may stand at the edge of every page.
 */
export interface SyncStatusElement extends HTMLElement {
  /** Whether nothing is shown while there is nothing that anybody has to know. */
  quiet: SyncStatus['quiet'];
  /** Which of the instance's backends; the first unless given. */
  backend: SyncStatus['backend'];
  /** How much room things get; that of the instance unless given. */
  density: SyncStatus['density'];
  /** `visible` waits with reading until the element comes into sight. */
  loading: SyncStatus['loading'];
  /** The instance this element belongs to; undefined until there is one. */
  readonly crm: SyncStatus['crm'];
  /** BCP 47: the nearest `lang`, then the instance's, then the browser's. */
  readonly locale: SyncStatus['locale'];
  /** What is shown now. */
  readonly viewState: SyncStatus['viewState'];
  /** Tries at once to send what waits. */
  retry: SyncStatus['retry'];
}

/** What pages set on `<crm-ticket-form>`. */
export interface TicketFormProperties {
  /** Which files can be chosen, as browsers' `accept` wants it. */
  accept?: TicketForm['accept'] | undefined;
  /** `off` takes no files; else they are taken where the backend stores files. */
  attachments?: TicketForm['attachments'] | undefined;
  /** Under which name the draft is kept; pages with several forms, or people, give each its own. `off` keeps none. */
  draftKey?: TicketForm['draftKey'] | undefined;
  /** The fields to fill in, in order, separated by commas. */
  fields?: TicketForm['fields'] | undefined;
  /** Of the heading; 2 unless told. */
  headingLevel?: TicketForm['headingLevel'] | undefined;
  /** Repeats the value in hidden inputs of the page, for code that reads inputs only; the form gets it from those. */
  mirrorInputs?: TicketForm['mirrorInputs'] | undefined;
  /** Under which the form around sends it. */
  name?: TicketForm['name'] | undefined;
  /** Shows, but changes nothing. */
  readonly?: TicketForm['readonly'] | undefined;
  /** The form around is not valid until the ticket was sent. */
  required?: TicketForm['required'] | undefined;
  /** `me`: a customer writes, and only fields that the portal lets customers give are shown. */
  subject?: TicketForm['subject'] | undefined;
  /** What the ticket starts with, also in fields that are not shown, such as `account` or `channel`. */
  values?: TicketForm['values'] | undefined;
  /** Which of the instance's backends; the first unless given. */
  backend?: TicketForm['backend'] | undefined;
  /** How much room things get; that of the instance unless given. */
  density?: TicketForm['density'] | undefined;
  /** `visible` waits with reading until the element comes into sight. */
  loading?: TicketForm['loading'] | undefined;
}

/**
 * Opens a ticket: checks what is typed by the module's own rules, keeps the draft through a reload, sends it once, and
 * waits with it while there is no network.
 *
 * Part of the form around it. Its value is the id of the ticket once that was created, the draft as JSON before, and
 * empty while nothing was typed. The form's `reset` empties it, a disabled `fieldset` disables it; a draft that is not
 * complete makes the form invalid, and so does `required` until the ticket was sent.
 */
export interface TicketFormElement extends HTMLElement {
  /** Which files can be chosen, as browsers' `accept` wants it. */
  accept: TicketForm['accept'];
  /** `off` takes no files; else they are taken where the backend stores files. */
  attachments: TicketForm['attachments'];
  /** Under which name the draft is kept; pages with several forms, or people, give each its own. `off` keeps none. */
  draftKey: TicketForm['draftKey'];
  /** The fields to fill in, in order, separated by commas. */
  fields: TicketForm['fields'];
  /** Of the heading; 2 unless told. */
  headingLevel: TicketForm['headingLevel'];
  /** Repeats the value in hidden inputs of the page, for code that reads inputs only; the form gets it from those. */
  mirrorInputs: TicketForm['mirrorInputs'];
  /** Under which the form around sends it. */
  name: TicketForm['name'];
  /** Shows, but changes nothing. */
  readonly: TicketForm['readonly'];
  /** The form around is not valid until the ticket was sent. */
  required: TicketForm['required'];
  /** `me`: a customer writes, and only fields that the portal lets customers give are shown. */
  subject: TicketForm['subject'];
  /** What the ticket starts with, also in fields that are not shown, such as `account` or `channel`. */
  values: TicketForm['values'];
  /** The form this belongs to. */
  readonly form: TicketForm['form'];
  /** What is wrong, as of a native input. */
  readonly validity: TicketForm['validity'];
  /** The same as a sentence. */
  readonly validationMessage: TicketForm['validationMessage'];
  /** False while it is disabled. */
  readonly willValidate: TicketForm['willValidate'];
  /** Which of the instance's backends; the first unless given. */
  backend: TicketForm['backend'];
  /** How much room things get; that of the instance unless given. */
  density: TicketForm['density'];
  /** `visible` waits with reading until the element comes into sight. */
  loading: TicketForm['loading'];
  /** The instance this element belongs to; undefined until there is one. */
  readonly crm: TicketForm['crm'];
  /** BCP 47: the nearest `lang`, then the instance's, then the browser's. */
  readonly locale: TicketForm['locale'];
  /** What is shown now. */
  readonly viewState: TicketForm['viewState'];
  /** Sends the ticket, as the button does. Whatever is wrong is shown; pressed twice, it is sent once. */
  submit: TicketForm['submit'];
  /** Whether nothing is wrong; fires `invalid` if something is. */
  checkValidity: TicketForm['checkValidity'];
  /** The same, and shows it. */
  reportValidity: TicketForm['reportValidity'];
  /** Tries again what failed. */
  retry: TicketForm['retry'];
}
