import type { CrmError } from '@tessera-crm/model/errors.js';
import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import fc from 'fast-check';
import { css, html as view, type TemplateResult } from 'lit';
import { createCrm, type Crm } from '../crm.ts';
import { CrmElement } from '../frame/element.ts';
import type { Provider } from '../provider/provider.ts';
import { base } from '../styles/base.ts';
import { button } from '../styles/button.ts';
import { input } from '../styles/input.ts';
import { rest } from '../styles/rest.ts';
import { tokens } from '../styles/tokens.ts';
import { peopleStore } from '../test-support/people.ts';
import type { Appearance } from './appearance.ts';
import { seedNames, seedProperty, type AppearanceVariables } from './seeds.ts';

/** Everything that is read, on what it stands on. */
class Sample extends CrmElement {
  static override readonly element = 'sample';
  static override readonly styles = [
    tokens,
    base,
    button,
    rest,
    input,
    css`
      .surface {
        background: var(--_surface);
      }

      .raised {
        background: var(--_raised);
      }

      .ink {
        color: var(--_accent-text);
      }

      .pressed {
        background: color-mix(in oklab, var(--_accent) 80%, var(--_away));
      }
    `,
  ];

  protected override renderContent(): TemplateResult {
    return view`
      ${['surface', 'raised'].map(
        (ground) => view`
          <div class=${ground}>
            <p class="text">Text</p>
            <p class="muted">Second</p>
            <p class="ink">Accent</p>
            <p class="field-error">Wrong</p>
          </div>
        `,
      )}
      <button class="button primary pressed">Save</button>
      <button class="button primary">Save</button>
      <button class="button">Cancel</button>
      <button class="button bad">Delete</button>
    `;
  }
}

const patience = { timeout: 9_000 };

/** What a screen shows of colours laid over each other, as bytes. */
const pixel = (...layers: readonly string[]): readonly number[] => {
  const paint = new OffscreenCanvas(1, 1).getContext('2d')!;
  for (const layer of layers) {
    paint.fillStyle = layer;
    paint.fillRect(0, 0, 1, 1);
  }
  return Array.from(paint.getImageData(0, 0, 1, 1).data.slice(0, 3));
};

/** @see WCAG 2.2, relative luminance */
const brightness = (bytes: readonly number[]): number => {
  const [red, green, blue] = bytes.map((byte) =>
    byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
};

const ratio = (one: readonly number[], other: readonly number[]): number => {
  const [dark, bright] = [brightness(one), brightness(other)].toSorted((a, b) => a - b);
  return (bright! + 0.05) / (dark! + 0.05);
};

/** Text against the nearest ground that is painted. */
const ratioOf = (element: Element): number => {
  const { color } = getComputedStyle(element);
  let ground: Element | null = element;
  while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
  const { backgroundColor } = getComputedStyle(ground!);
  return ratio(pixel('#fff', backgroundColor), pixel('#fff', backgroundColor, color));
};

describe('the appearance', () => {
  let crm: Crm | undefined;
  let number = 0;
  let told: CrmError[] = [];

  afterEach(async () => {
    await crm?.destroy();
    crm = undefined;
  });

  /** An element of a new prefix, whose transitions are over at once. */
  const sampleIn = async (appearance: Appearance): Promise<Sample> => {
    const prefix = `look${number++}`;
    told = [];
    crm = createCrm({ backends: peopleStore(), prefix, appearance, onError: (error) => told.push(error) });
    await crm.define('provider');
    Sample.define(`${prefix}-sample`);
    const sample = document.createElement(`${prefix}-sample`) as Sample;
    sample.lang = 'en';
    sample.style.setProperty(`--${prefix}-motion`, '0ms');
    (await fixture(html`<div></div>`)).append(sample);
    await waitUntil(() => sample.shadowRoot?.querySelector('.primary'), 'shown', patience);
    return sample;
  };

  const valueOf = (sample: Sample, name: keyof AppearanceVariables): string =>
    getComputedStyle(sample)
      .getPropertyValue(seedProperty(sample.tagPrefix, name as 'accent'))
      .trim();

  const textsOf = (sample: Sample): readonly Element[] => [...sample.shadowRoot!.querySelectorAll('p, button')];

  const hex = fc.integer({ min: 0, max: 0xffffff }).map((color) => `#${color.toString(16).padStart(6, '0')}`);

  for (const theme of ['light', 'dark', 'contrast'] as const)
    it(`can be read whatever accent and surface a page has, when it is ${theme}`, async () => {
      const sample = await sampleIn({ theme });
      fc.assert(
        fc.property(hex, hex, (accent, surface) => {
          crm!.update({ appearance: { theme, variables: { accent, surface } } });
          for (const text of textsOf(sample)) {
            const found = ratioOf(text);
            if (found < 4.5) throw new Error(`${text.className} ${found.toFixed(2)} on ${surface}, accent ${accent}`);
          }
        }),
        { numRuns: 120, includeErrorInReport: true },
      );
    });

  it('can be read whatever text colours a page has', async () => {
    const sample = await sampleIn({ theme: 'light' });
    fc.assert(
      fc.property(fc.record({ text: hex, mutedText: hex, bad: hex, onAccent: hex, surface: hex }), (variables) => {
        crm!.update({ appearance: { theme: 'light', variables } });
        for (const text of textsOf(sample))
          if (ratioOf(text) < 4.5) throw new Error(`${text.className}: ${JSON.stringify(variables)}`);
      }),
      { numRuns: 60, includeErrorInReport: true },
    );
  });

  it('says once what of the page’s colours could not be read, and what is shown instead', async () => {
    const variables = { accent: '#ffe600', onAccent: '#fff', surface: '#fff', text: 'rgb(0 0 0 / 30%)' };
    const sample = await sampleIn({ theme: 'light', variables });
    crm!.update({ appearance: { theme: 'light', variables } });
    expect(told.map(({ code }) => code)).to.deep.equal(['config', 'config']);
    expect(told[0]?.message).to.match(
      /^The text rgb\(0 0 0 \/ 30%\) .* light \(contrast 2\.\d\): #[0-9a-f]{6} is shown/,
    );
    expect(told[1]?.message).to.match(/^The onAccent #fff .* \(contrast 1\.3\): /);
    expect(ratioOf(sample.shadowRoot!.querySelector('.primary')!)).to.be.at.least(4.5);
  });

  it('leaves colours alone that can be read, also those of custom properties of the page', async () => {
    const variables = { accent: 'var(--brand)', surface: 'light-dark(#fff8f0, #221a12)', text: '#000', bad: 'darkred' };
    document.documentElement.style.setProperty('--brand', 'rebeccapurple');
    const sample = await sampleIn({ theme: 'light', variables });
    expect(valueOf(sample, 'accent')).to.equal('rebeccapurple');
    expect(valueOf(sample, 'text')).to.equal('#000');
    expect(valueOf(sample, 'bad')).to.equal('darkred');
    expect(told).to.deep.equal([]);
    document.documentElement.style.removeProperty('--brand');
  });

  it('corrects one scheme without touching the other', async () => {
    const sample = await sampleIn({ theme: 'auto', variables: { text: '#333', surface: 'light-dark(#fff, #111)' } });
    expect(valueOf(sample, 'text')).to.match(/^light-dark\(#333333, #[89a-f]/);
    expect(told.map(({ message }) => /it is (\w+)/.exec(message)?.[1])).to.deep.equal(['dark']);
  });

  it('leaves out what is no colour, no length, no theme and no variable, and says so', async () => {
    const variables = { accent: 'brand!', radius: 'red', glow: '1px', unit: '5px' } as AppearanceVariables;
    const sample = await sampleIn({ theme: 'pink' as 'dark', variables });
    expect(valueOf(sample, 'accent')).to.equal('');
    expect(valueOf(sample, 'unit')).to.equal('5px');
    expect(told.map(({ code, message }) => `${code}: ${message}`)).to.deep.equal([
      'config: "pink" is no theme of the appearance.',
      'config: "brand!" cannot be the accent of the appearance.',
      'config: "red" cannot be the radius of the appearance.',
      'config: "glow" is no variable of the appearance.',
    ]);
  });

  it('has every seed in the styles of elements', () => {
    const text = [tokens, base, button, rest, input].map(String).join();
    const unused = seedNames.filter((name) => !text.includes(seedProperty('crm', name)));
    // Those two are in the styles of what has titles and chips
    expect(unused).to.deep.equal(['headingFont', 'headingWeight', 'chipRadius']);
  });

  it('takes the accent as `primary` too', async () => {
    const sample = await sampleIn({ variables: { primary: '#0a5' } });
    expect(getComputedStyle(sample.shadowRoot!.querySelector('.primary:not(.pressed)')!).backgroundColor).to.equal(
      'rgb(0, 170, 85)',
    );
  });

  it('gives a provider’s part of the page a look of its own, as readable', async () => {
    const outer = await sampleIn({ theme: 'light' });
    const provider = document.createElement(`${crm!.prefix}-provider`) as Provider;
    Object.assign(provider, { backend: '/nowhere', theme: 'contrast', density: 'comfortable' });
    const inner = document.createElement(outer.localName) as Sample;
    provider.append(inner);
    outer.after(provider);
    await waitUntil(() => inner.shadowRoot?.querySelector('.primary'), 'shown', patience);
    expect(valueOf(inner, 'text')).to.equal('light-dark(#000, #fff)');
    expect(valueOf(outer, 'text')).to.equal('');
    await waitUntil(() => getComputedStyle(inner).fontSize === '15px', 'dense', patience);
    provider.theme = 'dark';
    await provider.updateComplete;
    expect(valueOf(inner, 'text')).to.equal('');
    expect(getComputedStyle(inner).colorScheme).to.equal('dark');
  });
});
