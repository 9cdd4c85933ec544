import type { CrmError } from '@tessera-crm/model/errors.js';
import type { AnyRecord, Module } from '@tessera-crm/model/module.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import type { Query } from '@tessera-crm/model/query/query.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { labelsOf } from '../controls/labels.ts';
import { ModelWords } from '../controls/model-words.ts';
import { RecordTitles } from '../controls/record-titles.ts';
import { jsonAttribute, noSuchField } from '../data/json-attribute.ts';
import { ListController } from '../data/list-controller.ts';
import { CrmElement } from '../frame/element.ts';
import { emptyState } from '../frame/states.ts';
import type { ViewState } from '../frame/view-state.ts';
import { columnsOf, nextSort, type Column } from './columns.ts';
import { DefinitionController } from './definition-controller.ts';
import { renderCards, renderTable, type ListView } from './list-view.ts';
import { inSight } from './in-sight.ts';
import { KeptRoom } from './kept-room.ts';
import { messages, type RecordListMessages } from './record-list.messages.ts';
import { parts } from './record-list.parts.ts';
import { styles } from './record-list.styles.ts';
import { RowWindow } from './row-window.ts';
import { SearchBox } from './search-box.ts';
import { WidthController } from './width-controller.ts';

/** Below this width records are shown as cards, in px. */
const narrow = 480;

/**
 * A list of the records of any module: columns by the kinds of its fields, sorted by their heads, searched, page by
 * page. Only rows in sight are in the page. The first column leads to the record.
 *
 * With `height` set by the page the rows scroll inside the element, else with the page.
 *
 * @tag crm-record-list
 * @slot empty - Instead of the words where there is nothing.
 * @slot error - Instead of the words where it could not be loaded.
 * @slot offline - Instead of the note while the network is gone.
 * @slot forbidden - Instead of the words where one may not look.
 * @slot actions - In the bar above the rows, at its end.
 * @fires crm-ready - There is something to see for the first time.
 * @fires crm-open - A row was pressed. Cancelable; `detail` names the record.
 * @fires crm-load-error - It could not be loaded.
 * @fires crm-offline - The rows are from before, as the server cannot be reached.
 * @fires crm-online - They are fresh again.
 * @csspart table - The table.
 * @csspart head - Its head.
 * @csspart row - A row, or a card where it is narrow.
 * @csspart link - What leads to the record.
 * @csspart cards - The cards, where it is narrow.
 * @csspart search - The search box.
 * @csspart more - The button for more rows.
 */
export class RecordList extends CrmElement<RecordListMessages> {
  static override readonly element = 'record-list';
  static override readonly parts = parts;
  static override readonly messages = messages;
  static override readonly translations = { it: () => import('./record-list.messages.it.ts') };
  static override readonly styles = styles;
  static override readonly properties: PropertyDeclarations = {
    columns: {},
    current: { reflect: true },
    label: {},
    limit: { type: Number },
    module: {},
    more: {},
    query: { converter: jsonAttribute((text) => ({ where: noSuchField(text) })) },
    registry: { attribute: false },
    search: { type: Boolean },
    subject: {},
  };

  /** The fields to show, in order, separated by commas; those of the module's own list unless told. */
  declare columns: string | undefined;
  /** The id of the record that is marked: the one opened last, unless the page says another. */
  declare current: string | undefined;
  /** What the list is called by readers; the module's name unless told. */
  declare label: string | undefined;
  /** Rows of a page; 50 unless told, 200 at most. */
  declare limit: number;
  /** Whose records, `accounts`. */
  declare module: string;
  /** `scroll` loads more by itself when the end comes into sight; else a button does. */
  declare more: 'button' | 'scroll' | undefined;
  /** Which records and in which order: `{"where":{"lifecycle":"customer"},"sort":["-updatedAt"]}`. */
  declare query: Query | undefined;
  /** Definitions of the page's own; the backend's unless given. */
  declare registry: Registry | undefined;
  /** Whether there is a search box. */
  declare search: boolean;
  /** `me`: the customer a token stands for. The server sees to it that nothing else comes; the page holds no id. */
  declare subject: string | undefined;

  readonly #definition = new DefinitionController(this, () => this.registry);
  readonly #words = new ModelWords(this);
  readonly #titles = new RecordTitles(this);
  readonly #list = new ListController<string, string>(
    this,
    () => this.module || null,
    () => this.#asked,
  );
  readonly #window = new RowWindow(this);
  readonly #search = new SearchBox(this);
  readonly #width = new WidthController(this, narrow);
  #sort: readonly string[] | undefined;
  /** What was there before the search or the order changed; stays in sight until the answer. */
  #before: readonly AnyRecord[] = [];

  constructor() {
    super();
    this.limit = 50;
    this.module = '';
    this.search = false;
    this.addController(new KeptRoom(this, () => plainJson([this.module, this.#asked])));
  }

  override get failure(): CrmError | undefined {
    return this.#definition.error ?? this.#list.error;
  }

  override get hasData(): boolean {
    return this.#records.length > 0;
  }

  override retry(): void {
    this.#definition.retry();
    this.#list.retry();
  }

  override renderLoading(): unknown {
    const rows = Math.min(this.limit, 6);
    return html`<div class="bar" aria-hidden="true">
        ${this.search ? html`<span class="bone bar-bone"></span>` : nothing}
      </div>
      <table aria-hidden="true">
        <tbody>
          ${Array.from({ length: rows + 1 }, () => [0, 1, 2].map(() => html`<td><span class="bone"></span></td>`)).map(
            (cells) =>
              html`<tr>
                ${cells}
              </tr>`,
          )}
        </tbody>
      </table>
      <p class="unseen">${this.t('frame.loading')}</p>`;
  }

  protected override get state(): ViewState {
    if (!this.module || this.#definition.state !== 'ready') return this.module ? this.#definition.state : 'empty';
    if (this.#module === null) return 'forbidden';
    if (!this.#words.messages) return 'loading';
    const { state } = this.#list;
    const isAsking = state === 'loading' && (this.#before.length > 0 || this.#search.words !== '');
    // The search box stays, whatever it finds
    return isAsking || (state === 'empty' && this.#search.words !== '') ? 'ready' : state;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.get('module')) this.#forget();
    const { records } = this.#list;
    if (this.#list.status === 'ready') this.#before = records as readonly AnyRecord[];
  }

  protected override renderContent(): unknown {
    const module = this.#module;
    const registry = this.#definition.registry;
    if (!module || !registry) return nothing;
    const isBusy = this.#list.status === 'loading';
    const view = this.#view(module, registry);
    return html`${this.#renderBar()}
      <div
        class="box"
        role="region"
        aria-label=${view.label}
        aria-busy=${String(isBusy)}
        tabindex=${view.records.length > 0 ? 0 : nothing}
      >
        ${
          view.records.length === 0 && !isBusy
            ? emptyState(this, this.t('search.none', { words: this.#search.words }))
            : this.#width.isNarrow
              ? renderCards(view)
              : renderTable(view)
        }
        ${this.#renderMore()}
      </div>`;
  }

  get #module(): Module | null | undefined {
    return this.#definition.module(this.module);
  }

  get #records(): readonly AnyRecord[] {
    return this.#list.status === 'loading' ? this.#before : (this.#list.records as readonly AnyRecord[]);
  }

  get #columns(): readonly Column[] {
    const module = this.#module;
    const registry = this.#definition.registry;
    if (!module || !registry) return [];
    return columnsOf(module, registry, this.columns?.split(',').map((name) => name.trim()) ?? module.list);
  }

  /** What is asked of the store; null until the columns are known. */
  get #asked(): Query | null {
    if (!this.#module) return null;
    const sort = this.#sort ?? this.query?.sort;
    const search = this.#search.words || this.query?.search;
    const include = this.#columns.filter(({ target }) => target !== undefined).map(({ name }) => name);
    return {
      ...this.query,
      limit: Math.min(Math.max(1, this.limit || 50), 200),
      ...(sort && { sort }),
      ...(search && { search }),
      ...(include.length > 0 && { include }),
    };
  }

  #view(module: Module, registry: Registry): ListView {
    const { locale, timeZone } = this;
    const labels = labelsOf({ text: (key) => this.text(key), model: () => this.#words.messages });
    const records = this.#records;
    return {
      host: this,
      label: this.label ?? this.t('table', { module: labels.module(module.key) }),
      columns: this.#columns,
      records,
      cells: {
        module: module.key,
        registry,
        labels,
        display: { locale, timeZone },
        titles: this.#titles,
        list: this.#list,
      },
      range: this.#window.range(records.length),
      pitch: this.#window.pitch,
      sort: this.#sort ?? this.query?.sort,
      current: this.current,
      onSort: (name) => this.#sortBy(name),
      onOpen: (id) => void (this.current = id),
    };
  }

  #renderBar(): unknown {
    const count = this.#records.length;
    const text = this.t('count', { count });
    const isNeeded = this.search || this.querySelector(':scope > [slot="actions"]') !== null;
    return html`<div class="bar" ?hidden=${!isNeeded}>
      ${this.search ? this.#search.render() : nothing}
      ${
        this.search
          ? html`<span class="count number" role="status">
              ${this.#list.hasMore ? this.t('count.more', { count }) : text}
            </span>`
          : nothing
      }
      <slot name="actions" @slotchange=${this.#filled}></slot>
    </div>`;
  }

  /** Buttons of the host may come at any time, and bring the bar with them. */
  readonly #filled = (): void => this.requestUpdate();

  #renderMore(): unknown {
    if (!this.#list.hasMore && !this.#list.isLoadingMore) return nothing;
    const more = (): void => this.#list.more();
    return html`<div class="foot" ${inSight(this.more === 'scroll' ? more : null)}>
      <button class="button" part="more" type="button" aria-disabled=${String(this.#list.isLoadingMore)} @click=${more}>
        ${this.t(this.#list.isLoadingMore ? 'frame.loading' : 'more')}
      </button>
    </div>`;
  }

  #sortBy(name: string): void {
    this.#sort = nextSort(this.#sort ?? this.query?.sort, name);
    this.requestUpdate();
  }

  #forget(): void {
    this.#before = [];
    this.#sort = undefined;
    this.#search.clear();
    this.current = undefined;
  }
}
