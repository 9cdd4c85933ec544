import { expect } from '@open-wc/testing';
import { readDesignTokens, tokenNames, type DesignTokens } from './design-tokens.ts';
import { seedNames, type SeedName } from './seeds.ts';

const read = (file: DesignTokens) => {
  const refused: string[] = [];
  const seeds = readDesignTokens(file, (why) => refused.push(why));
  return { seeds, refused };
};

const color = (value: unknown): DesignTokens => ({ $type: 'color', $value: value });

describe('design tokens as seeds', () => {
  it('have a name for every seed, none twice', () => {
    expect(Object.keys(tokenNames).toSorted()).to.deep.equal([...seedNames].toSorted());
    const names = Object.values(tokenNames).flat();
    expect(new Set(names).size).to.equal(names.length);
  });

  for (const [what, name, token, css] of [
    ['a colour in six digits', 'accent', color('#0a5'), '#0a5'],
    [
      'a colour in numbers',
      'accent',
      color({ colorSpace: 'display-p3', components: [1, 0, 'none'], alpha: 0.5 }),
      'color(display-p3 1 0 none / 0.5)',
    ],
    ['a colour by hue', 'accent', color({ colorSpace: 'hsl', components: [200, 50, 40] }), 'hsl(200 50% 40% / 1)'],
    [
      'a colour as eyes see it',
      'accent',
      color({ colorSpace: 'oklch', components: [0.5, 0.1, 20] }),
      'oklch(0.5 0.1 20 / 1)',
    ],
    ['a length', 'fontSize', { $type: 'dimension', $value: { value: 0.9, unit: 'rem' } }, '0.9rem'],
    ['a length in one text', 'fontSize', { $type: 'dimension', $value: '14px' }, '14px'],
    ['a time', 'motion', { $type: 'duration', $value: { value: 120, unit: 'ms' } }, '120ms'],
    ['fonts', 'font', { $type: 'fontFamily', $value: ['Fira Sans 3', 'serif'] }, '"Fira Sans 3", serif'],
    ['a weight by name', 'headingWeight', { $type: 'fontWeight', $value: 'semi-bold' }, '600'],
    ['the colour of a shadow', 'shadow', { $type: 'shadow', $value: { color: '#0003', blur: '4px' } }, '#0003'],
  ] as const)
    it(`take ${what}`, () => {
      const [first] = tokenNames[name as SeedName];
      const file = first!.split('.').reduceRight<DesignTokens>((inner, part) => ({ [part]: inner }), token);
      expect(read(file)).to.deep.equal({ seeds: { [name]: css }, refused: [] });
    });

  it('are found by other spellings, in groups, and under `$root`; the best name wins', () => {
    const file = {
      Acme: {
        Color: {
          $type: 'color',
          Primary: { $value: '#111111' },
          Accent: { $value: '#222222' },
          onAccent: { $value: '#ffffff' },
          border: { $root: { $value: '#333333' }, focus: { $value: '#444444' } },
        },
      },
    };
    expect(read(file)).to.deep.equal({
      seeds: { accent: '#222222', onAccent: '#ffffff', line: '#333333', focus: '#444444' },
      refused: [],
    });
  });

  it('follow aliases through aliases, also inside of values', () => {
    const file = {
      base: { red: color('#c00'), weak: { $type: 'color', $value: '{base.red}' } },
      color: { danger: { $value: '{base.weak}' }, shadow: { $type: 'shadow', $value: [{ color: '{base.red}' }] } },
    };
    expect(read(file).seeds).to.deep.equal({ bad: '#c00', shadow: '#c00' });
  });

  for (const [what, token, why] of [
    [
      'a circle',
      { $type: 'color', $value: '{color.accent}' },
      'its alias leads in a circle: color.accent → color.accent.',
    ],
    ['an alias to nothing', color('{a.b}'), 'its alias {a.b} is no token.'],
    ['no type', { $value: '#fff' }, 'it has no "$type", nor has a group around it.'],
    ['a type of another kind', { $type: 'gradient', $value: [] }, 'tokens of the type "gradient" cannot be used here.'],
    [
      'a type from an object’s prototype',
      { $type: 'toString', $value: 1 },
      'tokens of the type "toString" cannot be used here.',
    ],
    [
      'half a colour',
      color({ colorSpace: 'srgb', components: [1] }),
      '{"colorSpace":"srgb","components":[1]} is no value of the type "color".',
    ],
    [
      'a colour that is none',
      color('url(//evil.example)'),
      '"url(//evil.example)" cannot be the accent of the appearance.',
    ],
    ['a length for a colour', { $type: 'dimension', $value: '4px' }, '"4px" cannot be the accent of the appearance.'],
    ['nothing that is a token', 7, 'it is neither a group nor a token with a "$value".'],
    ['a reference of another kind', { $ref: '#/x' }, '"$ref" is not supported.'],
  ] as const)
    it(`are refused by name for ${what}, and the others count`, () => {
      const file = { color: { accent: token, text: color('#000') } };
      expect(read(file as DesignTokens)).to.deep.equal({
        seeds: { text: '#000' },
        refused: [`Design token "color.accent": ${why}`],
      });
    });
});
