// Written by `tessera-elements` from custom-elements.json; what is changed here is lost.
import type { CrmEvents } from '@tessera-crm/elements/frame/events.js';
import type {
  ConflictsElement,
  ContactCardElement,
  PipelineBoardElement,
  ProviderElement,
  RecordListElement,
  SyncStatusElement,
  TicketFormElement,
} from './elements.js';

export interface CrmElementTagNameMap {
  /**
   * What a server refused of the changes that were made on this device, all of it in one place: where two people changed
   * the same, one chooses field by field; everything else can be tried again, brought back or thrown away. Nothing leaves
   * before it is settled.
   */
  'crm-conflicts': ConflictsElement;
  /** Who a person is, how to reach them and how things stand, in one small card. */
  'crm-contact-card': ContactCardElement;
  /**
   * The deals of a pipeline as cards in columns, one column for each stage. Cards are moved by mouse, pen, finger,
   * keyboard or menu; what a stage asks for is asked at once, and what is refused goes back and says why.
   */
  'crm-pipeline-board': PipelineBoardElement;
  /** Gives the elements inside it an instance of their own: another backend, another person, another look. */
  'crm-provider': ProviderElement;
  /**
   * A list of the records of any module: columns by the kinds of its fields, sorted by their heads, searched, page by
   * page. Only rows in sight are in the page. The first column leads to the record.
   *
   * With `height` set by the page the rows scroll inside the element, else with the page.
   */
  'crm-record-list': RecordListElement;
  /**
   * What has not got to the server: what waits and since when, what was refused, and whether it is safe where it lies;
   * with a way to try again, and one to take all of it away as a file.
   *
   * It says so little where everything is saved that it may stand at the edge of every page.
   */
  'crm-sync-status': SyncStatusElement;
  /**
   * Opens a ticket: checks what is typed by the module's own rules, keeps the draft through a reload, sends it once, and
   * waits with it while there is no network.
   *
   * Part of the form around it. Its value is the id of the ticket once that was created, the draft as JSON before, and
   * empty while nothing was typed. The form's `reset` empties it, a disabled `fieldset` disables it; a draft that is not
   * complete makes the form invalid, and so does `required` until the ticket was sent.
   */
  'crm-ticket-form': TicketFormElement;
}

export interface CrmEventMap {
  'crm-ready': CustomEvent<CrmEvents['ready']>;
  'crm-open': CustomEvent<CrmEvents['open']>;
  'crm-before-save': CustomEvent<CrmEvents['before-save']>;
  'crm-save': CustomEvent<CrmEvents['save']>;
  'crm-conflict': CustomEvent<CrmEvents['conflict']>;
  'crm-error': CustomEvent<CrmEvents['error']>;
  'crm-load-error': CustomEvent<CrmEvents['load-error']>;
  'crm-offline': CustomEvent<CrmEvents['offline']>;
  'crm-online': CustomEvent<CrmEvents['online']>;
  'crm-change': CustomEvent<CrmEvents['change']>;
  'crm-review': CustomEvent<CrmEvents['review']>;
}

declare global {
  interface HTMLElementTagNameMap extends CrmElementTagNameMap {}
  interface GlobalEventHandlersEventMap extends CrmEventMap {}
}
