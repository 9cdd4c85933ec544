import { html, nothing, type TemplateResult } from 'lit';
import { iconCompany, iconMail, iconMailOff, iconPhone, iconPhoneOff, iconPlace } from '../contact-icons.ts';
import type { Reach } from './reach.ts';

/** A line of the card: what it is in a picture and in words, and what it says. */
export const fact = (icon: unknown, label: string, value: unknown, after: unknown = nothing): TemplateResult =>
  html`<li class="fact">
    ${icon}<span class="value"><span class="unseen">${label}</span>${value}</span>${after}
  </li>`;

interface ReachView {
  /** What it is, and what stands in its way. */
  readonly label: string;
  /** What it is for: work, private … */
  readonly purpose: string | null;
  /** What the link does, for those who do not see the picture. */
  readonly use: string;
  /** What copies it. */
  readonly copy: unknown;
  /** What opens the others; only beside the first. */
  readonly more: unknown;
}

/** A number or an address that can be used, or not, and copied. Both run from left to right, and are cut at their end. */
export const reachFact = ({ sort, text, href, obstacle }: Reach, view: ReachView): TemplateResult => {
  const shown = html`<bdi>${text}</bdi>`;
  const main =
    href === undefined
      ? html`<span class="cut number" dir="ltr" part=${sort}>${shown}</span>`
      : html`<a class="cut number" dir="ltr" part=${sort} href=${href} aria-label=${view.use}>${shown}</a>`;
  const use = view.purpose ? html`<bdi class="use cut">${view.purpose}</bdi>` : nothing;
  return fact(obstacle ? barredIcons[sort] : reachIcons[sort], view.label, [main, use, view.more], view.copy);
};

export const reachIcons = { phone: iconPhone, email: iconMail } as const;

const barredIcons = { phone: iconPhoneOff, email: iconMailOff } as const;

export const accountIcon = iconCompany;
export const placeIcon = iconPlace;

/** A figure above its name; the value `undefined` is still on its way. */
export const figure = (label: string, value: unknown): TemplateResult => html`
  <div class="figure">
    <dt class="cut">${label}</dt>
    <dd class="number">${value === undefined ? html`<span class="bone figure-bone"></span>` : value}</dd>
  </div>
`;

/** The card's shape while nothing is known. */
export const cardSkeleton = (label: string): TemplateResult => html`
  <span class="unseen">${label}</span>
  <div class="card" part="card" aria-hidden="true">
    <div class="head">
      <span class="avatar bone"></span>
      <div>
        <div class="name"><div class="bone text"></div></div>
        <div class="job"><div class="bone text"></div></div>
      </div>
    </div>
    <div class="chips"><span class="chip bone">    </span></div>
    <ul class="facts">
      ${[1, 2, 3, 4].map(factBone)}
    </ul>
    <dl class="figures">${[1, 2, 3].map(() => figure('\u00a0', undefined))}</dl>
    <div class="actions"><span class="bone action"></span><span class="bone action"></span></div>
  </div>
`;

const factBone = (): TemplateResult =>
  fact(html`<span class="icon"></span>`, '', html`<span class="bone text"></span>`);
