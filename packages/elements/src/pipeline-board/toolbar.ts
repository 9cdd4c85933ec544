import { html, nothing, type TemplateResult } from 'lit';
import { iconSearch, iconTrend } from '../icons.ts';
import type { BoardController } from './board-controller.ts';

/** How long typing may pause before it is searched for, ms. */
const pause = 250;

let timer = 0;

/** Which pipeline, which deals, and whether sums are shown. */
export const renderToolbar = (board: BoardController, choose: (pipeline: string) => void): TemplateResult => {
  const { element, isShowingSums } = board;
  const search = (event: Event): void => {
    clearTimeout(timer);
    const { value } = event.target as HTMLInputElement;
    timer = window.setTimeout(() => board.search(value), value === '' ? 0 : pause);
  };
  return html`<div class="toolbar no-print" part="toolbar">
    ${renderPipelines(board, choose)}
    <label class="search"
      >${iconSearch}<input
        class="input"
        type="search"
        autocomplete="off"
        placeholder=${element.text('search')}
        aria-label=${element.text('search')}
        @input=${search}
    /></label>
    <slot name="filter"></slot>
    <span class="space"></span>
    <button
      class="button quiet"
      type="button"
      aria-pressed=${String(isShowingSums) as 'true' | 'false'}
      aria-label=${element.text('sums')}
      title=${element.text('sums')}
      @click=${() => board.showSums(!isShowingSums)}
    >
      ${iconTrend}
    </button>
    <slot name="actions"></slot>
  </div>`;
};

const renderPipelines = ({ element, data }: BoardController, choose: (pipeline: string) => void): unknown => {
  const { pipelines, pipeline } = data;
  if (pipelines.length < 2) return pipeline ? html`<h2 class="pipeline cut"><bdi>${pipeline.name}</bdi></h2>` : nothing;
  return html`<select
    class="input pipeline"
    aria-label=${element.text('pipeline')}
    @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
  >
    ${pipelines.map(({ id, name }) => html`<option value=${id} ?selected=${id === pipeline?.id}>${name}</option>`)}
  </select>`;
};
