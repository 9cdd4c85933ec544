import type { CrmError } from '@tessera-crm/model/errors.js';
import type { Id } from '@tessera-crm/model/id.js';
import type { QueryOf, WhereOf } from '@tessera-crm/model/query/query.js';
import type { ReactiveController } from 'lit';
import { ListController } from '../data/list-controller.ts';
import type { CrmElement } from '../frame/element.ts';
import type { ViewState } from '../frame/view-state.ts';
import { strayKey, type Deal, type Pipeline, type Stage } from './board.ts';

/** The element, as far as its data depend on it. */
export interface BoardElement extends CrmElement {
  readonly pipeline: string;
  readonly query: WhereOf<'deals'> | undefined;
  readonly readonly: boolean;
}

/** What a person chose on the board. */
export interface BoardView {
  /** What is searched for; empty for everything. */
  readonly words: string;
  isFolded(stage: Stage): boolean;
}

export type DealList = ListController<'deals', 'account'>;

/** Deals read at once; more follow when a person scrolls down. */
const pageSize = 50;

/** Reads a pipeline: its stages, and for each stage that is open a list of its own. */
export class BoardData implements ReactiveController {
  readonly #host: BoardElement;
  readonly #view: BoardView;
  readonly #pipelines: ListController<'pipelines'>;
  readonly #stages: ListController<'stages'>;
  readonly #lists = new Map<string, DealList>();

  constructor(host: BoardElement, view: BoardView) {
    this.#host = host;
    this.#view = view;
    this.#pipelines = new ListController<'pipelines'>(host, 'pipelines', () => pipelinesQuery);
    this.#stages = new ListController<'stages'>(host, 'stages', () => this.#stagesQuery);
    host.addController(this);
  }

  get pipelines(): readonly Pipeline[] {
    return this.#pipelines.records;
  }

  /** The pipeline shown: the one asked for, else the default one, else the first. */
  get pipeline(): Pipeline | undefined {
    const { pipeline } = this.#host;
    if (pipeline !== 'default') return this.pipelines.find(({ id }) => id === pipeline);
    return this.pipelines.find((one) => one.default) ?? this.pipelines[0];
  }

  get stages(): readonly Stage[] {
    return this.#stages.records;
  }

  stage(key: string): Stage | null {
    return this.stages.find(({ id }) => id === key) ?? null;
  }

  /** Undefined for columns that are folded and therefore not read. */
  list(key: string): DealList | undefined {
    return this.#lists.get(key);
  }

  /** The deals of every column that is read, as the store tells them. */
  get deals(): ReadonlyMap<string, readonly Deal[]> {
    return new Map([...this.#lists].map(([key, { records }]) => [key, records]));
  }

  accountName(deal: Deal): string {
    if (!deal.account) return '';
    for (const list of this.#lists.values()) {
      const name = list.included('accounts', deal.account)?.['name'];
      if (typeof name === 'string') return name;
    }
    return '';
  }

  get state(): ViewState {
    const [before] = [this.#pipelines, this.#stages].filter(({ state }) => state !== 'ready' && state !== 'offline');
    // A person may be allowed to see stages without the list of pipelines
    if (before && !(before === this.#pipelines && this.stages.length > 0)) return before.state;
    const states = [...this.#lists.values()].map(({ state }) => state);
    const every = (state: ViewState): boolean => states.length > 0 && states.every((one) => one === state);
    for (const state of ['forbidden', 'error'] as const) if (every(state)) return state;
    if (states.includes('loading')) return 'loading';
    if ([...states, this.#stages.state].includes('offline')) return 'offline';
    return every('empty') ? 'empty' : 'ready';
  }

  get failure(): CrmError | undefined {
    return [this.#pipelines, this.#stages, ...this.#lists.values()].find(({ error }) => error)?.error;
  }

  retry(): void {
    for (const list of [this.#pipelines, this.#stages, ...this.#lists.values()]) list.retry();
  }

  hostUpdate(): void {
    const wanted = this.#wantedKeys();
    for (const [key, list] of this.#lists) {
      if (wanted.has(key)) continue;
      this.#host.removeController(list);
      list.hostDisconnected();
      this.#lists.delete(key);
    }
    for (const key of wanted) {
      if (!this.#lists.has(key))
        this.#lists.set(key, new ListController(this.#host, 'deals', () => this.#dealsQuery(key)));
    }
  }

  #wantedKeys(): ReadonlySet<string> {
    const open = this.stages.filter((stage) => !this.#view.isFolded(stage)).map(({ id }) => id);
    // Who sees the pipeline can also be shown what belongs to it without a place in it
    return new Set(this.stages.length > 0 && this.pipeline ? [...open, strayKey] : open);
  }

  get #stagesQuery(): QueryOf<'stages', never> | null {
    const id = this.#host.pipeline === 'default' ? this.pipeline?.id : this.#host.pipeline;
    if (id === undefined && this.#pipelines.status !== 'loading') return null;
    // The stages of the default pipeline are asked for together with the pipelines, to save a way to the server
    const isDefault = id === undefined || this.pipeline?.default === true;
    const pipeline =
      this.#host.pipeline === 'default' && isDefault ? { has: isDefaultPipeline } : (id as Id<'pipelines'>);
    return { where: { pipeline }, sort: ['order'], limit: 200 };
  }

  #dealsQuery(key: string): QueryOf<'deals', 'account'> | null {
    const { query } = this.#host;
    const { words } = this.#view;
    const place = key === strayKey ? this.#strayWhere : { stage: key as Id<'stages'> };
    return {
      where: query ? { all: [place, query] } : place,
      sort: ['expectedCloseDate'],
      include: ['account'],
      limit: pageSize,
      ...(words !== '' && { search: words }),
    };
  }

  get #strayWhere(): WhereOf<'deals'> {
    return { pipeline: this.pipeline!.id, stage: { notIn: this.stages.map(({ id }) => id) } };
  }
}

const isDefaultPipeline: WhereOf<'pipelines'> = { module: 'deals', default: true, active: true };

const pipelinesQuery: QueryOf<'pipelines', never> = {
  where: { module: 'deals', active: true },
  sort: ['name'],
  limit: 200,
};
