import { currencies } from '@tessera-crm/model/codes/currencies.js';
import { currencyDigits } from '@tessera-crm/model/currency.js';
import { numberFormat } from '@tessera-crm/model/format/intl.js';
import type { Money } from '@tessera-crm/model/kinds/money.js';
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ControlView, RenderControl } from './control-view.ts';
import { renderFigure } from './number.ts';

const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;

/** The currency chosen for an amount that is not there yet. */
const chosenOf = ({ form, path }: ControlView): { currency: string } =>
  form.memory(path, 'currency', () => ({ currency: form.reading.currency }));

export const renderMoney: RenderControl<'money'> = (view) => {
  const { form, field, value } = view;
  const currency = isMoney(value) ? value.currency : chosenOf(view).currency;
  const digits = currencyDigits(currency);
  const figures = numberFormat(form.display.locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: Math.max(digits, 4),
    useGrouping: 'always',
  });
  const input = renderFigure(view, {
    mode: 'decimal',
    format: (one) => figures.format((one as Money).amount as Intl.StringNumericLiteral),
    read: (text) => field.kind.parse(text, field.options, { ...form.reading, currency }),
  });
  return html`<div class="beside">${input}${renderCurrency(view, currency)}</div>`;
};

const renderCurrency = (view: ControlView, currency: string): unknown =>
  html`<select
    class="input currency"
    aria-label=${view.form.text('money.currency', { label: view.label })}
    ?disabled=${view.isReadonly}
    @change=${(event: Event) => chooseCurrency(view, (event.target as HTMLSelectElement).value)}
  >
    ${currencies.map((code) => html`<option value=${code} .selected=${live(code === currency)}>${code}</option>`)}
  </select>`;

const chooseCurrency = (view: ControlView, currency: string): void => {
  chosenOf(view).currency = currency;
  if (isMoney(view.value)) view.onEdit(view.path, { value: { ...view.value, currency } });
  view.form.changed();
};
