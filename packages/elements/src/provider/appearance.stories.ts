import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { ContactCard } from '../contact-card/contact-card.ts';
import { createCrm } from '../crm.ts';
import type { Crm } from '../crm.ts';
import type { CrmOptions } from '../instance/options.ts';
import { giulia, peopleStore } from '../test-support/people.ts';

type Args = Pick<CrmOptions, 'appearance' | 'isolation' | 'density'> & {
  /** What the page says of its own text. */
  readonly page: string;
  readonly dir: 'ltr' | 'rtl';
  readonly lang: string;
};

let shownBefore: Crm | undefined;
const page = new CSSStyleSheet();

/** One instance at a time, because a look is that of a whole page. */
const render = ({ page: rules, dir, lang, ...options }: Args): TemplateResult => {
  void shownBefore?.destroy();
  page.replaceSync(rules);
  if (!document.adoptedStyleSheets.includes(page)) document.adoptedStyleSheets.push(page);
  ContactCard.define('look-contact-card');
  shownBefore = createCrm({ prefix: 'look', backends: peopleStore(), ...options });
  return html`<div class="page" dir=${dir} lang=${lang}>
    <button class="buy">Buy</button>
    <look-contact-card .record=${giulia}></look-contact-card>
  </div>`;
};

const quiet = '.page { display: grid; gap: 16px; max-inline-size: 380px; padding: 16px; font-family: system-ui }';

const meta: Meta<Args> = {
  title: 'Frame/Appearance',
  render,
  args: { page: quiet, dir: 'ltr', lang: 'en', isolation: 'soft', density: 'normal' },
  argTypes: {
    isolation: { control: 'inline-radio', options: ['soft', 'strict'] },
    density: { control: 'inline-radio', options: ['compact', 'normal', 'comfortable'] },
    appearance: { control: 'object' },
  },
};

export default meta;

type Story = StoryObj<Args>;

export const Branded: Story = {
  args: {
    appearance: {
      variables: {
        accent: '#b4004e',
        radius: '0px',
        chipRadius: '2px',
        headingFont: 'Georgia, serif',
        shadow: 'transparent',
      },
    },
  },
};

export const Contrast: Story = { args: { appearance: { theme: 'contrast' } } };

export const AsThePage: Story = {
  args: {
    page: `${quiet} body { background: #fdf6e3; color: #403020; font-family: Georgia } .buy { background: #7a3b00; color: #fff }`,
    appearance: { theme: 'inherit' },
  },
};

/** White text on yellow cannot be read, nor grey on grey: both are corrected. */
export const Corrected: Story = {
  args: {
    appearance: { theme: 'light', variables: { accent: '#ffe600', onAccent: '#fff', surface: '#ccc', text: '#888' } },
  },
};

export const Tokens: Story = {
  args: {
    appearance: {
      tokens: {
        color: { $type: 'color', brand: { $value: '#00695c' }, primary: { $value: '{color.brand}' } },
        radius: { $type: 'dimension', base: { $value: { value: 12, unit: 'px' } } },
      },
    },
  },
};

export const StrictOnAHostilePage: Story = {
  args: {
    isolation: 'strict',
    page: `${quiet} .page > look-contact-card { all: unset !important }
      .page { text-transform: uppercase; letter-spacing: 4px; font: italic 30px Impact }`,
  },
};

export const Dense: Story = { args: { density: 'compact' } };

export const RightToLeft: Story = { args: { dir: 'rtl', lang: 'ar' } };
