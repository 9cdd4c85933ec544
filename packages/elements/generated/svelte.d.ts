// Written by `tessera-elements` from custom-elements.json; what is changed here is lost.
import type {
  ConflictsElement,
  ConflictsProperties,
  ContactCardElement,
  ContactCardProperties,
  PipelineBoardElement,
  PipelineBoardProperties,
  ProviderElement,
  ProviderProperties,
  RecordListElement,
  RecordListProperties,
  SyncStatusElement,
  SyncStatusProperties,
  TicketFormElement,
  TicketFormProperties,
} from '@tessera-crm/elements';
import type { HTMLAttributes } from 'svelte/elements';
import type { CrmEventMap } from './dom.js';

type Tag<E extends HTMLElement, P> = P & Omit<HTMLAttributes<E>, keyof P>;

export interface CrmConflictsAttributes {
  /** Of what stands above, 1 to 6; 3 unless given. Names of records are one below. */
  headingLevel?: ConflictsProperties['headingLevel'] | `${number}`;
  /** Which of the instance's backends; the first unless given. */
  backend?: ConflictsProperties['backend'];
  /** How much room things get; that of the instance unless given. */
  density?: ConflictsProperties['density'];
  /** `visible` waits with reading until the element comes into sight. */
  loading?: ConflictsProperties['loading'];
  /** Of what stands above, 1 to 6; 3 unless given. Names of records are one below. */
  'heading-level'?: ConflictsProperties['headingLevel'] | `${number}`;
  /** It is known for the first time what was refused. */
  'oncrm-ready'?: ((event: CrmEventMap['crm-ready']) => void) | undefined;
  /** The name of a record was pressed. Cancelable. */
  'oncrm-open'?: ((event: CrmEventMap['crm-open']) => void) | undefined;
  /** Something is about to be made once more. Cancelable; `detail.wait(promise)` holds it. */
  'oncrm-before-save'?: ((event: CrmEventMap['crm-before-save']) => void) | undefined;
  /** It is made, or waits to be sent. */
  'oncrm-save'?: ((event: CrmEventMap['crm-save']) => void) | undefined;
  /** It met what somebody else did meanwhile; it stays here. */
  'oncrm-conflict'?: ((event: CrmEventMap['crm-conflict']) => void) | undefined;
  /** It failed; it stays here. */
  'oncrm-error'?: ((event: CrmEventMap['crm-error']) => void) | undefined;
  /** The definitions of the modules could not be loaded. */
  'oncrm-load-error'?: ((event: CrmEventMap['crm-load-error']) => void) | undefined;
  /** The server is not reached any more. */
  'oncrm-offline'?: ((event: CrmEventMap['crm-offline']) => void) | undefined;
  /** It is reached again. */
  'oncrm-online'?: ((event: CrmEventMap['crm-online']) => void) | undefined;
}

export interface CrmContactCardAttributes {
  /** The contact's id; or the contact itself, where the page has it already. */
  record?: ContactCardProperties['record'];
  /** The customer whom the page's token stands for, instead of an id. */
  subject?: ContactCardProperties['subject'];
  /** Of the name, 1 to 6; 3 unless given. */
  headingLevel?: ContactCardProperties['headingLevel'] | `${number}`;
  /** Which of the instance's backends; the first unless given. */
  backend?: ContactCardProperties['backend'];
  /** How much room things get; that of the instance unless given. */
  density?: ContactCardProperties['density'];
  /** `visible` waits with reading until the element comes into sight. */
  loading?: ContactCardProperties['loading'];
  /** Of the name, 1 to 6; 3 unless given. */
  'heading-level'?: ContactCardProperties['headingLevel'] | `${number}`;
  /** The person is shown for the first time. */
  'oncrm-ready'?: ((event: CrmEventMap['crm-ready']) => void) | undefined;
  /** The name or the account was pressed. Cancelable. */
  'oncrm-open'?: ((event: CrmEventMap['crm-open']) => void) | undefined;
  /** Reading failed and there is nothing to show. */
  'oncrm-load-error'?: ((event: CrmEventMap['crm-load-error']) => void) | undefined;
  /** Refreshing failed; what is shown may be old. */
  'oncrm-error'?: ((event: CrmEventMap['crm-error']) => void) | undefined;
  /** What is shown cannot be refreshed at the moment. */
  'oncrm-offline'?: ((event: CrmEventMap['crm-offline']) => void) | undefined;
  /** It can be again. */
  'oncrm-online'?: ((event: CrmEventMap['crm-online']) => void) | undefined;
}

export interface CrmPipelineBoardAttributes {
  /** Which pipeline: its id, or `default`. */
  pipeline?: PipelineBoardProperties['pipeline'];
  /** Only deals that match; a filter over deals, as an attribute in JSON. */
  query?: PipelineBoardProperties['query'];
  /** Deals can be looked at and opened, not moved. */
  readonly?: PipelineBoardProperties['readonly'] | '';
  /** Without the bar above the columns. */
  hideToolbar?: PipelineBoardProperties['hideToolbar'] | '';
  /** Which of the instance's backends; the first unless given. */
  backend?: PipelineBoardProperties['backend'];
  /** How much room things get; that of the instance unless given. */
  density?: PipelineBoardProperties['density'];
  /** `visible` waits with reading until the element comes into sight. */
  loading?: PipelineBoardProperties['loading'];
  /** Without the bar above the columns. */
  'hide-toolbar'?: PipelineBoardProperties['hideToolbar'] | '';
  /** Deals are there to be seen for the first time. */
  'oncrm-ready'?: ((event: CrmEventMap['crm-ready']) => void) | undefined;
  /** A card was opened. Cancelable; `detail.id` is the deal. */
  'oncrm-open'?: ((event: CrmEventMap['crm-open']) => void) | undefined;
  /** A deal is about to move. Cancelable; `detail.wait(promise)` makes it wait. */
  'oncrm-before-save'?: ((event: CrmEventMap['crm-before-save']) => void) | undefined;
  /** A deal was moved. */
  'oncrm-save'?: ((event: CrmEventMap['crm-save']) => void) | undefined;
  /** Another pipeline was chosen; `detail.id` is the pipeline. */
  'oncrm-change'?: ((event: CrmEventMap['crm-change']) => void) | undefined;
  /** Somebody else changed the deal meanwhile. */
  'oncrm-conflict'?: ((event: CrmEventMap['crm-conflict']) => void) | undefined;
  /** Something did not work; the board shows it as well. */
  'oncrm-error'?: ((event: CrmEventMap['crm-error']) => void) | undefined;
  /** Nothing could be loaded. */
  'oncrm-load-error'?: ((event: CrmEventMap['crm-load-error']) => void) | undefined;
  /** What is shown cannot be refreshed at the moment. */
  'oncrm-offline'?: ((event: CrmEventMap['crm-offline']) => void) | undefined;
  /** It can be again. */
  'oncrm-online'?: ((event: CrmEventMap['crm-online']) => void) | undefined;
}

export interface CrmProviderAttributes {
  /** An instance made by `createCrm`; the attributes are of no account then. */
  crm?: ProviderProperties['crm'];
  /** The address under which `/v1` lies. */
  backend?: ProviderProperties['backend'];
  /** Where the page's own server gives tokens, by POST. */
  tokenUrl?: ProviderProperties['tokenUrl'];
  /** Any stable name of the person; without it nothing is kept on the device. */
  identity?: ProviderProperties['identity'];
  /** BCP 47. */
  locale?: ProviderProperties['locale'];
  /** IANA name. */
  timeZone?: ProviderProperties['timeZone'];
  /** ISO 4217. */
  currency?: ProviderProperties['currency'];
  /** A named look. */
  theme?: ProviderProperties['theme'];
  /** How far the page's styles reach: `soft` or `strict`. */
  isolation?: ProviderProperties['isolation'];
  /** For elements without one of their own. */
  density?: ProviderProperties['density'];
  /** Where the page's own server gives tokens, by POST. */
  'token-url'?: ProviderProperties['tokenUrl'];
  /** IANA name. */
  'time-zone'?: ProviderProperties['timeZone'];
}

export interface CrmRecordListAttributes {
  /** The fields to show, in order, separated by commas; those of the module's own list unless told. */
  columns?: RecordListProperties['columns'];
  /** The id of the record that is marked: the one opened last, unless the page says another. */
  current?: RecordListProperties['current'];
  /** What the list is called by readers; the module's name unless told. */
  label?: RecordListProperties['label'];
  /** Rows of a page; 50 unless told, 200 at most. */
  limit?: RecordListProperties['limit'] | `${number}`;
  /** Whose records, `accounts`. */
  module?: RecordListProperties['module'];
  /** `scroll` loads more by itself when the end comes into sight; else a button does. */
  more?: RecordListProperties['more'];
  /** Which records and in which order: `{"where":{"lifecycle":"customer"},"sort":["-updatedAt"]}`. */
  query?: RecordListProperties['query'];
  /** Definitions of the page's own; the backend's unless given. */
  registry?: RecordListProperties['registry'];
  /** Whether there is a search box. */
  search?: RecordListProperties['search'] | '';
  /** `me`: the customer a token stands for. The server sees to it that nothing else comes; the page holds no id. */
  subject?: RecordListProperties['subject'];
  /** Which of the instance's backends; the first unless given. */
  backend?: RecordListProperties['backend'];
  /** How much room things get; that of the instance unless given. */
  density?: RecordListProperties['density'];
  /** `visible` waits with reading until the element comes into sight. */
  loading?: RecordListProperties['loading'];
  /** There is something to see for the first time. */
  'oncrm-ready'?: ((event: CrmEventMap['crm-ready']) => void) | undefined;
  /** A row was pressed. Cancelable; `detail` names the record. */
  'oncrm-open'?: ((event: CrmEventMap['crm-open']) => void) | undefined;
  /** It could not be loaded. */
  'oncrm-load-error'?: ((event: CrmEventMap['crm-load-error']) => void) | undefined;
  /** The rows are from before, as the server cannot be reached. */
  'oncrm-offline'?: ((event: CrmEventMap['crm-offline']) => void) | undefined;
  /** They are fresh again. */
  'oncrm-online'?: ((event: CrmEventMap['crm-online']) => void) | undefined;
  /** Something did not work; the element goes on. */
  'oncrm-error'?: ((event: CrmEventMap['crm-error']) => void) | undefined;
}

export interface CrmSyncStatusAttributes {
  /** Whether nothing is shown while there is nothing that anybody has to know. */
  quiet?: SyncStatusProperties['quiet'] | '';
  /** Which of the instance's backends; the first unless given. */
  backend?: SyncStatusProperties['backend'];
  /** How much room things get; that of the instance unless given. */
  density?: SyncStatusProperties['density'];
  /** `visible` waits with reading until the element comes into sight. */
  loading?: SyncStatusProperties['loading'];
  /** It is known for the first time how things stand. */
  'oncrm-ready'?: ((event: CrmEventMap['crm-ready']) => void) | undefined;
  /** The refused changes are to be looked at. Cancelable; unless it is prevented, the element of the page that shows them comes into sight. */
  'oncrm-review'?: ((event: CrmEventMap['crm-review']) => void) | undefined;
  /** What was to be done here failed. */
  'oncrm-error'?: ((event: CrmEventMap['crm-error']) => void) | undefined;
  /** The server is not reached any more. */
  'oncrm-offline'?: ((event: CrmEventMap['crm-offline']) => void) | undefined;
  /** It is reached again. */
  'oncrm-online'?: ((event: CrmEventMap['crm-online']) => void) | undefined;
}

export interface CrmTicketFormAttributes {
  /** Which files can be chosen, as browsers' `accept` wants it. */
  accept?: TicketFormProperties['accept'];
  /** `off` takes no files; else they are taken where the backend stores files. */
  attachments?: TicketFormProperties['attachments'];
  /** Under which name the draft is kept; pages with several forms, or people, give each its own. `off` keeps none. */
  draftKey?: TicketFormProperties['draftKey'];
  /** The fields to fill in, in order, separated by commas. */
  fields?: TicketFormProperties['fields'];
  /** Of the heading; 2 unless told. */
  headingLevel?: TicketFormProperties['headingLevel'] | `${number}`;
  /** Repeats the value in hidden inputs of the page, for code that reads inputs only; the form gets it from those. */
  mirrorInputs?: TicketFormProperties['mirrorInputs'] | '';
  /** Under which the form around sends it. */
  name?: TicketFormProperties['name'];
  /** Shows, but changes nothing. */
  readonly?: TicketFormProperties['readonly'] | '';
  /** The form around is not valid until the ticket was sent. */
  required?: TicketFormProperties['required'] | '';
  /** `me`: a customer writes, and only fields that the portal lets customers give are shown. */
  subject?: TicketFormProperties['subject'];
  /** What the ticket starts with, also in fields that are not shown, such as `account` or `channel`. */
  values?: TicketFormProperties['values'];
  /** Which of the instance's backends; the first unless given. */
  backend?: TicketFormProperties['backend'];
  /** How much room things get; that of the instance unless given. */
  density?: TicketFormProperties['density'];
  /** `visible` waits with reading until the element comes into sight. */
  loading?: TicketFormProperties['loading'];
  /** Under which name the draft is kept; pages with several forms, or people, give each its own. `off` keeps none. */
  'draft-key'?: TicketFormProperties['draftKey'];
  /** Of the heading; 2 unless told. */
  'heading-level'?: TicketFormProperties['headingLevel'] | `${number}`;
  /** Repeats the value in hidden inputs of the page, for code that reads inputs only; the form gets it from those. */
  'mirror-inputs'?: TicketFormProperties['mirrorInputs'] | '';
  [name: `${string}-hint`]: string | undefined;
  /** Cancelable, before the ticket is sent; `detail.wait(promise)` makes it wait. */
  'oncrm-before-save'?: ((event: CrmEventMap['crm-before-save']) => void) | undefined;
  /** The ticket was created, or waits in the outbox. */
  'oncrm-save'?: ((event: CrmEventMap['crm-save']) => void) | undefined;
  /** A field was changed; `detail.fields` names those that differ from the start. */
  'oncrm-change'?: ((event: CrmEventMap['crm-change']) => void) | undefined;
  /** The ticket was refused or could not be sent. */
  'oncrm-error'?: ((event: CrmEventMap['crm-error']) => void) | undefined;
  /** There is something to see for the first time. */
  'oncrm-ready'?: ((event: CrmEventMap['crm-ready']) => void) | undefined;
  /** What is shown cannot be refreshed at the moment. */
  'oncrm-offline'?: ((event: CrmEventMap['crm-offline']) => void) | undefined;
  /** It can be again. */
  'oncrm-online'?: ((event: CrmEventMap['crm-online']) => void) | undefined;
}

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    /**
     * What a server refused of the changes that were made on this device, all of it in one place: where two people changed
     * the same, one chooses field by field; everything else can be tried again, brought back or thrown away. Nothing leaves
     * before it is settled.
     */
    'crm-conflicts': Tag<ConflictsElement, CrmConflictsAttributes>;
    /** Who a person is, how to reach them and how things stand, in one small card. */
    'crm-contact-card': Tag<ContactCardElement, CrmContactCardAttributes>;
    /**
     * The deals of a pipeline as cards in columns, one column for each stage. Cards are moved by mouse, pen, finger,
     * keyboard or menu; what a stage asks for is asked at once, and what is refused goes back and says why.
     */
    'crm-pipeline-board': Tag<PipelineBoardElement, CrmPipelineBoardAttributes>;
    /** Gives the elements inside it an instance of their own: another backend, another person, another look. */
    'crm-provider': Tag<ProviderElement, CrmProviderAttributes>;
    /**
     * A list of the records of any module: columns by the kinds of its fields, sorted by their heads, searched, page by
     * page. Only rows in sight are in the page. The first column leads to the record.
     *
     * With `height` set by the page the rows scroll inside the element, else with the page.
     */
    'crm-record-list': Tag<RecordListElement, CrmRecordListAttributes>;
    /**
     * What has not got to the server: what waits and since when, what was refused, and whether it is safe where it lies;
     * with a way to try again, and one to take all of it away as a file.
     *
     * It says so little where everything is saved that it may stand at the edge of every page.
     */
    'crm-sync-status': Tag<SyncStatusElement, CrmSyncStatusAttributes>;
    /**
     * Opens a ticket: checks what is typed by the module's own rules, keeps the draft through a reload, sends it once, and
     * waits with it while there is no network.
     *
     * Part of the form around it. Its value is the id of the ticket once that was created, the draft as JSON before, and
     * empty while nothing was typed. The form's `reset` empties it, a disabled `fieldset` disables it; a draft that is not
     * complete makes the form invalid, and so does `required` until the ticket was sent.
     */
    'crm-ticket-form': Tag<TicketFormElement, CrmTicketFormAttributes>;
  }
}
