import { html, type TemplateResult } from 'lit';

/** A drawing without meaning of its own: what it says is also said in words beside it or in a label. */
export type Icon = TemplateResult;

/** @param path - On a field of 24 by 24, drawn with a line. */
export const icon = (path: string): Icon =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;
