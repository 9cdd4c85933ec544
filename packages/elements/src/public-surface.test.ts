import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readManifest, type Described, type Manifest } from './generate/read-manifest.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const manifest = JSON.parse(readFileSync(join(here, '../custom-elements.json'), 'utf8')) as Manifest;

interface ElementClass {
  readonly observedAttributes: readonly string[];
  readonly elementProperties: ReadonlyMap<string, { readonly state?: boolean }>;
  readonly formAssociated?: boolean;
}

/** What shared code has, and an element that uses that code never shows or fires, with the reason. */
const never: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'pipeline-board': {
    waiting: 'a card of the board has a clock instead',
    'drop-zone': 'deals have no files to ask for',
  },
  provider: { error: 'what fails is told by the elements inside' },
  'sync-status': {
    empty: 'it has something to say in every state',
    forbidden: 'likewise',
    open: 'it shows no record to open',
  },
  'ticket-form': {
    waiting: 'the form says so in its notice',
    open: 'it shows no record to open',
    conflict: 'nobody else can have changed a ticket that is new',
  },
};

/** Parts and events whose names the code hands on, so that no template has them as they are. */
const handedOn: Readonly<Record<string, readonly string[]>> = {
  conflicts: ['again', 'apply', 'discard', 'keep', 'restore'],
  'contact-card': ['account', 'call', 'email', 'name', 'phone', 'write'],
  'record-list': ['link'],
};

/** Every instance leads to every element and to the sign-out, which is not to say that a provider shows what they show. */
const isOther = (path: string): boolean => /\/(instance\/element-table|sign-out\/ask-unsent|crm)\.ts$/.test(path);

/** The text of the files that an element is made of. */
const textOf = (path: string, found = new Map<string, string>()): string => {
  if (!found.has(path) && !isOther(path)) {
    const text = readFileSync(path, 'utf8');
    found.set(path, text);
    for (const { 1: always, 2: lazily } of text.matchAll(
      /^(?:import|export) (?!type)[^;]*?from '(\.[^']+)'|import\('(\.[^']+)'\)/gm,
    ))
      textOf(join(dirname(path), (always ?? lazily)!), found);
  }
  return [...found.values()].join('\n');
};

const matches = (text: string, pattern: RegExp): readonly string[] => [
  ...new Set([...text.matchAll(pattern)].flatMap(([, words]) => words!.split(' '))),
];

/** What sources say of each kind of surface. */
const found = {
  parts: (text: string) => matches(text, /\bpart="([a-z- ]+)"/g),
  slots: (text: string) => matches(text, /<slot name="([a-z-]+)"/g),
  // `color-scheme` is between themes and us
  cssProperties: (text: string) => matches(text, /var\(\s*--crm-(?!color-scheme)([a-z-]+)/g),
  events: (text: string) => [
    ...matches(text, /\.emit\(\s*'([a-z-]+)'/g),
    ...(text.includes('.fail(') ? ['error'] : []),
    ...(/\.fail\([^;]*'load-error'/s.test(text) ? ['load-error'] : []),
  ],
} as const;

const namesOf = (list: readonly Described[]): readonly string[] => list.map(({ name }) => name).sort();

for (const element of readManifest(manifest))
  describe(`the manifest of ${element.tag}`, () => {
    let Class: ElementClass;
    let text: string;
    before(async () => {
      const path = join(here, element.module.replace(/\.js$/, '.ts'));
      Class = ((await import(path)) as Readonly<Record<string, ElementClass>>)[element.className]!;
      text = textOf(path);
    });

    it('has the attributes that the class observes, and no other', () => {
      const open = element.attributes.filter(({ name }) => name.includes('*')).map(({ name }) => name.replace('*', ''));
      const observed = Class.observedAttributes.filter((name) => !open.some((ending) => name.endsWith(ending)));
      assert.deepEqual(
        namesOf(element.attributes).filter((name) => !name.includes('*')),
        observed.toSorted(),
      );
    });

    it('has the properties that the class has, and no other', () => {
      const told = element.properties.filter(({ isReadonly }) => !isReadonly);
      const all = [...Class.elementProperties].filter(([, { state }]) => !state).map(([name]) => name);
      assert.deepEqual(namesOf(told), all.sort());
      assert.equal(element.formAssociated, Class.formAssociated ?? false);
    });

    for (const kind of ['parts', 'slots', 'cssProperties', 'events'] as const)
      it(`has all ${kind} that its code has, and no other`, () => {
        const exempt = Object.keys(never[element.element] ?? {});
        const handed = (handedOn[element.element] ?? []).filter((name) => text.includes(`'${name}'`));
        const told = namesOf(element[kind]).filter((name) => name !== '' && !handed.includes(name));
        assert.deepEqual(
          told,
          [...new Set(found[kind](text))].filter((name) => !exempt.includes(name) && !handed.includes(name)).sort(),
        );
      });

    it('needs every exemption that it has', () => {
      const all: readonly string[] = Object.values(found).flatMap((find) => find(text));
      const idle = Object.keys(never[element.element] ?? {}).filter((name) => !all.includes(name));
      assert.deepEqual(idle, []);
    });
  });
