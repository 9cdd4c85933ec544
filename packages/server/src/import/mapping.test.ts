import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { isCrmError } from '@tessera-crm/model/errors.js';
import { builtInRegistry } from '@tessera-crm/model/modules/built-in.js';
import { checkHeaders, checkMapping } from './check-mapping.ts';
import { mappingOf, parsePreset } from './mapping.ts';
import { guessModule, matchHeaders, type ColumnNames } from './match-headers.ts';
import { transformNames } from './transforms.ts';
import { allPresets, columnNames, recognise } from './presets.ts';

const registry = builtInRegistry();
const names = columnNames() as ColumnNames;

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    assert.ok(isCrmError(error, 'config'));
    return error.message;
  }
  assert.fail('it was not refused');
};

describe('mappings', () => {
  it('are refused with every place that is wrong', () => {
    const text = refusal(() =>
      parsePreset(
        { module: 'accounts', columns: { Nome: { field: 'na me', transform: 'shout' } }, colour: 'red' },
        'my.json',
      ),
    );
    for (const part of ['my.json', 'Nome', 'colour']) assert.match(text, new RegExp(part));
  });

  it('are refused when they name fields that do not exist or are not to be filled in', () => {
    const mapping = mappingOf({
      module: 'accounts',
      columns: {
        A: 'nmae',
        B: 'number',
        C: 'billingAddress.street',
        D: { field: 'parent', reference: { by: 'nome' } },
        E: 'lines',
      },
      set: { turnover: 1 },
      duplicates: { keys: [['piva']] },
    });
    const text = refusal(() => checkMapping(mapping, registry));
    for (const part of [
      '"nmae"',
      '"number" is filled in by the system',
      'no part "street"',
      '"nome"',
      '"lines"',
      '"turnover"',
      '"piva"',
    ])
      assert.ok(text.includes(part), part);
  });

  it('say which columns a file lacks', () => {
    const mapping = mappingOf({
      module: 'deals',
      columns: { Titolo: 'name', Chiusura: 'expectedCloseDate' },
      externalId: { type: 'x', columns: ['Codice'] },
    });
    const text = refusal(() => checkHeaders(mapping, registry, ['Titolo', 'Importo']));
    assert.match(text, /"Chiusura" \(expectedCloseDate\), "Codice"\. It has: Titolo, Importo/);
  });

  it('of the documentation are right', () => {
    const text = readFileSync(new URL('../../../../docs/import.md', import.meta.url), 'utf8');
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(text) ?? [];
    const { system, mappings } = parsePreset(JSON.parse(example), 'import.md');
    assert.deepEqual([system, mappings.length], ['gestionale', 1]);
    checkMapping(mappings[0]!, registry);
    for (const name of transformNames) assert.ok(text.includes(`\`${name}\``), name);
  });

  it('of all presets speak of fields that there are', () => {
    for (const { mappings } of allPresets()) for (const mapping of mappings) checkMapping(mapping, registry);
  });
});

describe('headers', () => {
  it('tell a preset, by either of the names that Odoo gives', () => {
    const labels = recognise(['Name', 'Company Type', 'Related Company', 'Email'], allPresets());
    const technical = recognise(['id', 'name', 'company_type', 'parent_id', 'email'], allPresets());
    for (const found of [labels, technical])
      assert.deepEqual(
        found?.mappings.map(({ module }) => module),
        ['accounts', 'contacts'],
      );
  });

  it('tell files that are left out', () => {
    assert.match(recognise(['Quote Number', 'Quote Stage', 'Subject'], allPresets())?.ignored ?? '', /quotes/);
  });

  for (const { headers, module } of [
    { headers: ['Ragione sociale', 'P.IVA', 'Telefono', 'Fatturato'], module: 'accounts' },
    { headers: ['Nome', 'Cognome', 'E-mail', 'Azienda'], module: 'contacts' },
    { headers: ['Codice articolo', 'Prodotto', 'Prezzo di listino'], module: 'products' },
    { headers: ['Opportunity', 'Amount', 'Close date', 'Stage'], module: 'deals' },
  ]) {
    it(`tell ${module} from ${headers.join(', ')}`, () =>
      assert.equal(guessModule(headers, registry, names).key, module));
  }

  it('mean fields even when they are written a little differently', () => {
    const mapping = matchHeaders(
      ['RAGIONE  SOCIALE', 'Partita I.V.A.', 'Telefno', 'Sconto'],
      registry.get('accounts'),
      { names, registry },
    );
    const fields = Object.entries(mapping?.columns ?? {}).map(([header, [first]]) => [header, first?.field]);
    assert.deepEqual(fields, [
      ['RAGIONE  SOCIALE', 'name'],
      ['Partita I.V.A.', 'vatNumber'],
      ['Telefno', 'phones'],
    ]);
  });

  it('that mean nothing have to be explained', () => {
    assert.match(
      refusal(() => guessModule(['foo', 'bar'], registry, names)),
      /--module/,
    );
  });
});
