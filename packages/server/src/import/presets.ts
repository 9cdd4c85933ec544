import { readFileSync } from 'node:fs';
import { CrmError } from '@tessera-crm/model/errors.js';
import { parsePreset, renamed, type Mapping, type Preset } from './mapping.ts';

export const presetNames = ['vtiger', 'espocrm', 'odoo', 'northwind', 'sp500'] as const;

export type PresetName = (typeof presetNames)[number];

const folder = new URL('../../presets/', import.meta.url);

const readJson = (address: URL | string, what: string): unknown => {
  let text: string;
  try {
    text = readFileSync(address, 'utf8');
  } catch (error) {
    throw new CrmError('config', `The mapping ${what} cannot be read.`, { file: what }, error);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CrmError('config', `${what} is no JSON: ${(error as Error).message}`, { file: what }, error);
  }
};

const loaded = new Map<string, Preset>();

/** The mappings for the exports of a system. */
export const loadPreset = (name: PresetName): Preset => {
  const known = loaded.get(name) ?? parsePreset(readJson(new URL(`${name}.json`, folder), `${name}.json`), name);
  loaded.set(name, known);
  return known;
};

export const allPresets = (): readonly Preset[] => presetNames.map(loadPreset);

/** A mapping of one's own. @throws {CrmError} `config` with every place that is wrong */
export const loadMappingFile = (path: string): Preset => parsePreset(readJson(path, path), path);

/** Names of columns that mean a field, by module and field. */
export const columnNames = (): unknown => readJson(new URL('headers.json', folder), 'headers.json');

/** What a preset makes of a file. */
export interface Recognised {
  readonly preset: Preset;
  /** In the order in which they have to be imported. */
  readonly mappings: readonly Mapping[];
  /** Why the file is left out instead. */
  readonly ignored: string | null;
}

interface Detected {
  readonly detect?: readonly string[] | undefined;
  readonly rename?: Mapping['rename'];
}

const fits = ({ detect, rename = {} }: Detected, headers: readonly string[]): number => {
  const there = new Set([...headers, ...renamed(headers, { rename })]);
  return detect && detect.length > 0 && detect.every((header) => there.has(header)) ? detect.length : 0;
};

/** Recognises a file by its headers; of several presets the one that names more of them. */
export const recognise = (headers: readonly string[], presets: readonly Preset[]): Recognised | null => {
  let best: { readonly score: number; readonly found: Recognised } | null = null;
  for (const preset of presets) {
    const score = Math.max(0, ...preset.mappings.map((mapping) => fits(mapping, headers)));
    const mappings = preset.mappings.filter((mapping) => score > 0 && fits(mapping, headers) === score);
    if (score > (best?.score ?? 0)) best = { score, found: { preset, mappings, ignored: null } };
    for (const left of preset.ignored) {
      const other = fits(left, headers);
      if (other > (best?.score ?? 0)) best = { score: other, found: { preset, mappings: [], ignored: left.why } };
    }
  }
  return best?.found ?? null;
};
