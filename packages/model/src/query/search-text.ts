import { fold } from '../fold.ts';
import type { Module } from '../module.ts';

/** Everything of a record that free text looks into: the folded texts of its module's search fields, by line. */
export const searchText = (module: Module, record: Readonly<Record<string, unknown>>): string =>
  module.search
    .map((name) => {
      const value = record[name];
      if (value === null || value === undefined) return '';
      const { kind, options } = module.fields[name]!;
      const key = kind.key(value, options);
      return Array.isArray(key) ? key.join('\n') : fold(String(key));
    })
    .filter((text) => text !== '')
    .join('\n');
