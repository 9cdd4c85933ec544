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
import type { ReactElementComponent } from '@tessera-crm/elements/frameworks/react-element.js';
import type { HTMLAttributes, Ref } from 'react';
import type { CrmEventMap } from './dom.js';

export interface CrmConflictsProps extends ConflictsProperties {
  /** It is known for the first time what was refused. */
  onCrmReady?: ((event: CrmEventMap['crm-ready']) => void) | undefined;
  /** The name of a record was pressed. Cancelable. */
  onCrmOpen?: ((event: CrmEventMap['crm-open']) => void) | undefined;
  /** Something is about to be made once more. Cancelable; `detail.wait(promise)` holds it. */
  onCrmBeforeSave?: ((event: CrmEventMap['crm-before-save']) => void) | undefined;
  /** It is made, or waits to be sent. */
  onCrmSave?: ((event: CrmEventMap['crm-save']) => void) | undefined;
  /** It met what somebody else did meanwhile; it stays here. */
  onCrmConflict?: ((event: CrmEventMap['crm-conflict']) => void) | undefined;
  /** It failed; it stays here. */
  onCrmError?: ((event: CrmEventMap['crm-error']) => void) | undefined;
  /** The definitions of the modules could not be loaded. */
  onCrmLoadError?: ((event: CrmEventMap['crm-load-error']) => void) | undefined;
  /** The server is not reached any more. */
  onCrmOffline?: ((event: CrmEventMap['crm-offline']) => void) | undefined;
  /** It is reached again. */
  onCrmOnline?: ((event: CrmEventMap['crm-online']) => void) | undefined;
}

/**
 * What a server refused of the changes that were made on this device, all of it in one place: where two people changed
 * the same, one chooses field by field; everything else can be tried again, brought back or thrown away. Nothing leaves
 * before it is settled.
 */
export declare const CrmConflicts: ReactElementComponent<ConflictsElement, CrmConflictsProps>;

export interface CrmContactCardProps extends ContactCardProperties {
  /** The person is shown for the first time. */
  onCrmReady?: ((event: CrmEventMap['crm-ready']) => void) | undefined;
  /** The name or the account was pressed. Cancelable. */
  onCrmOpen?: ((event: CrmEventMap['crm-open']) => void) | undefined;
  /** Reading failed and there is nothing to show. */
  onCrmLoadError?: ((event: CrmEventMap['crm-load-error']) => void) | undefined;
  /** Refreshing failed; what is shown may be old. */
  onCrmError?: ((event: CrmEventMap['crm-error']) => void) | undefined;
  /** What is shown cannot be refreshed at the moment. */
  onCrmOffline?: ((event: CrmEventMap['crm-offline']) => void) | undefined;
  /** It can be again. */
  onCrmOnline?: ((event: CrmEventMap['crm-online']) => void) | undefined;
}

/** Who a person is, how to reach them and how things stand, in one small card. */
export declare const CrmContactCard: ReactElementComponent<ContactCardElement, CrmContactCardProps>;

export interface CrmPipelineBoardProps extends PipelineBoardProperties {
  /** Deals are there to be seen for the first time. */
  onCrmReady?: ((event: CrmEventMap['crm-ready']) => void) | undefined;
  /** A card was opened. Cancelable; `detail.id` is the deal. */
  onCrmOpen?: ((event: CrmEventMap['crm-open']) => void) | undefined;
  /** A deal is about to move. Cancelable; `detail.wait(promise)` makes it wait. */
  onCrmBeforeSave?: ((event: CrmEventMap['crm-before-save']) => void) | undefined;
  /** A deal was moved. */
  onCrmSave?: ((event: CrmEventMap['crm-save']) => void) | undefined;
  /** Another pipeline was chosen; `detail.id` is the pipeline. */
  onCrmChange?: ((event: CrmEventMap['crm-change']) => void) | undefined;
  /** Somebody else changed the deal meanwhile. */
  onCrmConflict?: ((event: CrmEventMap['crm-conflict']) => void) | undefined;
  /** Something did not work; the board shows it as well. */
  onCrmError?: ((event: CrmEventMap['crm-error']) => void) | undefined;
  /** Nothing could be loaded. */
  onCrmLoadError?: ((event: CrmEventMap['crm-load-error']) => void) | undefined;
  /** What is shown cannot be refreshed at the moment. */
  onCrmOffline?: ((event: CrmEventMap['crm-offline']) => void) | undefined;
  /** It can be again. */
  onCrmOnline?: ((event: CrmEventMap['crm-online']) => void) | undefined;
}

/**
 * The deals of a pipeline as cards in columns, one column for each stage. Cards are moved by mouse, pen, finger,
 * keyboard or menu; what a stage asks for is asked at once, and what is refused goes back and says why.
 */
export declare const CrmPipelineBoard: ReactElementComponent<PipelineBoardElement, CrmPipelineBoardProps>;

export interface CrmProviderProps extends ProviderProperties {
}

/** Gives the elements inside it an instance of their own: another backend, another person, another look. */
export declare const CrmProvider: ReactElementComponent<ProviderElement, CrmProviderProps>;

export interface CrmRecordListProps extends RecordListProperties {
  /** There is something to see for the first time. */
  onCrmReady?: ((event: CrmEventMap['crm-ready']) => void) | undefined;
  /** A row was pressed. Cancelable; `detail` names the record. */
  onCrmOpen?: ((event: CrmEventMap['crm-open']) => void) | undefined;
  /** It could not be loaded. */
  onCrmLoadError?: ((event: CrmEventMap['crm-load-error']) => void) | undefined;
  /** The rows are from before, as the server cannot be reached. */
  onCrmOffline?: ((event: CrmEventMap['crm-offline']) => void) | undefined;
  /** They are fresh again. */
  onCrmOnline?: ((event: CrmEventMap['crm-online']) => void) | undefined;
  /** Something did not work; the element goes on. */
  onCrmError?: ((event: CrmEventMap['crm-error']) => void) | undefined;
}

/**
 * A list of the records of any module: columns by the kinds of its fields, sorted by their heads, searched, page by
 * page. Only rows in sight are in the page. The first column leads to the record.
 *
 * With `height` set by the page the rows scroll inside the element, else with the page.
 */
export declare const CrmRecordList: ReactElementComponent<RecordListElement, CrmRecordListProps>;

export interface CrmSyncStatusProps extends SyncStatusProperties {
  /** It is known for the first time how things stand. */
  onCrmReady?: ((event: CrmEventMap['crm-ready']) => void) | undefined;
  /** The refused changes are to be looked at. Cancelable; unless it is prevented, the element of the page that shows them comes into sight. */
  onCrmReview?: ((event: CrmEventMap['crm-review']) => void) | undefined;
  /** What was to be done here failed. */
  onCrmError?: ((event: CrmEventMap['crm-error']) => void) | undefined;
  /** The server is not reached any more. */
  onCrmOffline?: ((event: CrmEventMap['crm-offline']) => void) | undefined;
  /** It is reached again. */
  onCrmOnline?: ((event: CrmEventMap['crm-online']) => void) | undefined;
}

/**
 * What has not got to the server: what waits and since when, what was refused, and whether it is safe where it lies;
 * with a way to try again, and one to take all of it away as a file.
 *
 * It says so little where everything is saved that it may stand at the edge of every page.
 */
export declare const CrmSyncStatus: ReactElementComponent<SyncStatusElement, CrmSyncStatusProps>;

export interface CrmTicketFormProps extends TicketFormProperties {
  /** Cancelable, before the ticket is sent; `detail.wait(promise)` makes it wait. */
  onCrmBeforeSave?: ((event: CrmEventMap['crm-before-save']) => void) | undefined;
  /** The ticket was created, or waits in the outbox. */
  onCrmSave?: ((event: CrmEventMap['crm-save']) => void) | undefined;
  /** A field was changed; `detail.fields` names those that differ from the start. */
  onCrmChange?: ((event: CrmEventMap['crm-change']) => void) | undefined;
  /** The ticket was refused or could not be sent. */
  onCrmError?: ((event: CrmEventMap['crm-error']) => void) | undefined;
  /** There is something to see for the first time. */
  onCrmReady?: ((event: CrmEventMap['crm-ready']) => void) | undefined;
  /** What is shown cannot be refreshed at the moment. */
  onCrmOffline?: ((event: CrmEventMap['crm-offline']) => void) | undefined;
  /** It can be again. */
  onCrmOnline?: ((event: CrmEventMap['crm-online']) => void) | undefined;
}

/**
 * Opens a ticket: checks what is typed by the module's own rules, keeps the draft through a reload, sends it once, and
 * waits with it while there is no network.
 *
 * Part of the form around it. Its value is the id of the ticket once that was created, the draft as JSON before, and
 * empty while nothing was typed. The form's `reset` empties it, a disabled `fieldset` disables it; a draft that is not
 * complete makes the form invalid, and so does `required` until the ticket was sent.
 */
export declare const CrmTicketForm: ReactElementComponent<TicketFormElement, CrmTicketFormProps>;

type Tag<E extends HTMLElement, P> = P &
  Omit<HTMLAttributes<E>, keyof P> & { class?: string; key?: string | number; ref?: Ref<E> };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
        'crm-conflicts': Tag<
          ConflictsElement,
          ConflictsProperties & {
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
        >;
        'crm-contact-card': Tag<
          ContactCardElement,
          ContactCardProperties & {
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
        >;
        'crm-pipeline-board': Tag<
          PipelineBoardElement,
          PipelineBoardProperties & {
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
        >;
        'crm-provider': Tag<
          ProviderElement,
          ProviderProperties & {
            /** Where the page's own server gives tokens, by POST. */
            'token-url'?: ProviderProperties['tokenUrl'];
            /** IANA name. */
            'time-zone'?: ProviderProperties['timeZone'];
          }
        >;
        'crm-record-list': Tag<
          RecordListElement,
          RecordListProperties & {
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
        >;
        'crm-sync-status': Tag<
          SyncStatusElement,
          SyncStatusProperties & {
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
        >;
        'crm-ticket-form': Tag<
          TicketFormElement,
          TicketFormProperties & {
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
        >;
    }
  }
}
