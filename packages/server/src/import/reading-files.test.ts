import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { isCrmError } from '@tessera-crm/model/errors.js';
import { detectReading } from './detect-reading.ts';
import { detectDialect } from './dialect.ts';
import { detectEncoding, readText } from './encoding.ts';
import { groupRows, isGroup } from './group-rows.ts';
import { readCsv } from './read-csv.ts';
import { gather } from '../testing/import-kit.ts';
import { cellsOf, type ReadRow, type SourceRow } from './source-row.ts';
import { SqlDump } from './sql-dump.ts';
import { transformed, unguarded, type TransformName } from './transforms.ts';

const folder = mkdtempSync(join(tmpdir(), 'tessera-files-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

const text = 'Nome;Città\r\nNiccolò;Forlì\r\n';

/** Windows-1252 has the accents of Western Europe where Latin-1 has them. */
const encodings = [
  { name: 'UTF-8', bytes: Buffer.from(text), found: 'utf-8' },
  { name: 'UTF-8 with its mark', bytes: Buffer.from(`\uFEFF${text}`), found: 'utf-8' },
  { name: 'UTF-16 with its mark', bytes: Buffer.from(`\uFEFF${text}`, 'utf16le'), found: 'utf-16le' },
  { name: 'UTF-16 without a mark', bytes: Buffer.from(text, 'utf16le'), found: 'utf-16le' },
  { name: 'UTF-16, big end first', bytes: Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(), found: 'utf-16be' },
  { name: 'Windows-1252', bytes: Buffer.from(text, 'latin1'), found: 'windows-1252' },
];

describe('encodings', () => {
  for (const { name, bytes, found } of encodings) {
    it(`reads ${name}`, async () => {
      const path = file('a.csv', bytes);
      const encoding = await detectEncoding(path);
      assert.equal(encoding, found);
      assert.equal((await gather(readText(path, encoding))).join(''), text);
    });
  }

  it('notices an accent of Windows-1252 that comes late', async () => {
    const path = file('late.csv', Buffer.from(`${'a;b\n'.repeat(200_000)}è;b\n`, 'latin1'));
    assert.equal(await detectEncoding(path), 'windows-1252');
  });

  it('says that a spreadsheet is none of its business', async () => {
    const path = file('a.xlsx', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]));
    await assert.rejects(
      detectEncoding(path),
      (error) => isCrmError(error, 'config') && /save it as CSV/.test(error.message),
    );
  });
});

describe('dialects', () => {
  for (const { sample, delimiter } of [
    { sample: 'a,b,c\n1,"x;y;z",3\n', delimiter: ',' },
    { sample: 'Ragione sociale;Fatturato\nRossi, Bianchi e C.;1.234,50\n', delimiter: ';' },
    { sample: 'a\tb\n1,5\t2,5\n', delimiter: '\t' },
    { sample: 'a|b|c\n1|2|3\n', delimiter: '|' },
    { sample: 'only one column\nRossi\n', delimiter: ',' },
  ]) {
    it(`tells ${JSON.stringify(delimiter)} from ${JSON.stringify(sample.slice(0, 20))}`, () => {
      assert.equal(detectDialect(sample).delimiter, delimiter);
    });
  }

  it('believes what Excel writes in the first line', () => {
    assert.deepEqual(detectDialect('sep=|\r\na|b;c;d\r\n'), { delimiter: '|', newline: '\n', hasMark: true });
  });

  it('knows the line ends of old Macs', () => {
    assert.equal(detectDialect('a;b\r1;2\r').newline, '\r');
  });
});

async function* pieces(of: string, length: number): AsyncGenerator<string> {
  for (let at = 0; at < of.length; at += length) yield of.slice(at, at + length);
}

const read = async (of: string, length = 7): Promise<readonly ReadRow[]> => {
  const { rows } = await readCsv(pieces(of, length), detectDialect(of));
  return gather(rows);
};

const plain = (rows: readonly ReadRow[]): unknown =>
  rows.map((row) => ('cells' in row ? { row: row.row, ...row.cells } : row));

describe('rows of CSV', () => {
  it('are the same however the file is cut into pieces', async () => {
    const csv = 'a,b\r\n1,"x ""y""\r\nz"\r\n"2","ü"\r\n\r\n3,\r\n';
    const whole = plain(await read(csv, 1000));
    assert.deepEqual(whole, [
      { row: 2, a: '1', b: 'x "y"\r\nz' },
      { row: 3, a: '2', b: 'ü' },
      { row: 5, a: '3', b: '' },
    ]);
    for (let length = 1; length < csv.length; length++) assert.deepEqual(plain(await read(csv, length)), whole);
  });

  it('say where a quotation mark is out of place, and go on with the next line', async () => {
    const rows = await read('a,b\n1,x\n2,"open\n3,"y"\n4,"n" o\n5,z\n6,"open\n');
    assert.deepEqual(plain(rows), [
      { row: 2, a: '1', b: 'x' },
      { row: 3, fault: 'broken-quote' },
      { row: 4, a: '3', b: 'y' },
      { row: 5, fault: 'broken-quote' },
      { row: 6, a: '5', b: 'z' },
      { row: 7, fault: 'unclosed-quote' },
    ]);
  });

  it('do not fill the memory with what open quotation marks swallow', async () => {
    async function* endless(): AsyncGenerator<string> {
      yield 'a,b\n1,"';
      for (;;) yield `${'x'.repeat(1 << 20)}`;
    }
    const { rows } = await readCsv(endless(), { delimiter: ',', newline: '\n', hasMark: false });
    const first = await rows[Symbol.asyncIterator]().next();
    assert.deepEqual(first.value, { row: 2, fault: 'unclosed-quote' });
  });

  it('say when a text is torn into cells', async () => {
    const rows = await read('name,city\nRossi, Bianchi,Milano\nVerdi\nNeri,Roma\n');
    assert.deepEqual(plain(rows), [
      { row: 2, fault: 'too-many-cells', params: { expected: 2, found: 3 } },
      { row: 3, fault: 'too-few-cells', params: { expected: 2, found: 1 } },
      { row: 4, name: 'Neri', city: 'Roma' },
    ]);
  });

  it('have headers that are told apart, whatever they are called', async () => {
    const [row] = (await read('Tel,Tel,,constructor,__proto__\n1,2,3,4,5\n')) as readonly SourceRow[];
    assert.deepEqual(Object.entries(row!.cells), [
      ['Tel', '1'],
      ['Tel (2)', '2'],
      ['Column 3', '3'],
      ['constructor', '4'],
      ['__proto__', '5'],
    ]);
    assert.equal(row!.cells['toString'], undefined);
  });
});

const rowsOf = (...cells: readonly string[]): readonly SourceRow[] =>
  cells.map((cell, row) => ({ row, cells: cellsOf(['x'], [cell]) }));
const fallback = { decimal: ',', dates: 'dmy' } as const;

describe('numbers and dates of a file', () => {
  for (const { cells, decimal, dates, isGuess } of [
    { cells: ['1.234.567,89', '31/12/2026'], decimal: ',', dates: 'dmy', isGuess: false },
    { cells: ['1,234.50', '12/31/2026'], decimal: '.', dates: 'mdy', isGuess: false },
    { cells: ['12.5', '2026-12-31'], decimal: '.', dates: 'ymd', isGuess: false },
    { cells: ['1.234', '01/02/2026'], decimal: ',', dates: 'dmy', isGuess: true },
  ]) {
    it(`tells ${decimal} and ${dates} from ${cells.join(' and ')}`, () => {
      assert.deepEqual(detectReading(rowsOf(...cells), fallback), { decimal, dates, isGuess });
    });
  }
});

describe('rows of one record', () => {
  const grouped = async (continued: 'same' | 'blank', ...keys: readonly string[]): Promise<unknown> => {
    async function* each(): AsyncGenerator<ReadRow> {
      yield* keys.map((key, index) => ({ row: index + 2, cells: cellsOf(['no'], [key]) }));
    }
    const groups = await gather(groupRows(each(), { group: { by: ['no'], continued, append: [] } }));
    return groups.map((group) => (isGroup(group) ? group.map(({ row }) => row) : group));
  };

  it('repeat what names it', async () => {
    assert.deepEqual(await grouped('same', 'A', 'A', 'B'), [[2, 3], [4]]);
  });

  it('or leave it blank', async () => {
    assert.deepEqual(await grouped('blank', 'A', '', 'A'), [[2, 3], [4]]);
  });

  it('cannot begin blank', async () => {
    assert.deepEqual(await grouped('blank', '', 'A'), [{ row: 2, fault: 'orphan' }, [3]]);
  });
});

describe('SQL dumps', () => {
  const dump = new SqlDump(`
CREATE TABLE towns (
    id integer NOT NULL,
    name text,
    CONSTRAINT pk PRIMARY KEY (id)
);
CREATE TABLE people (
    id integer,
    town integer
);
INSERT INTO towns VALUES (1, 'L''Aquila; (it), x'), (2, NULL);
INSERT INTO people (town, id) VALUES (1, 7);
INSERT INTO people VALUES (8, 3);
INSERT INTO people VALUES (9, 1);
`);
  const people = { table: 'people', join: [{ table: 'towns', on: { town: 'id' }, prefix: 'town_' }] };

  it('give the rows of a table with what is joined to it', () => {
    const rows = [...dump.rows(people)].map(({ row, cells }) => [row, cells['id'], cells['town_name']]);
    assert.deepEqual(rows, [
      [12, '7', "L'Aquila; (it), x"],
      [13, '8', undefined],
      [14, '9', "L'Aquila; (it), x"],
    ]);
  });

  it('name the columns of both', () => {
    assert.deepEqual(dump.headers(people), ['id', 'town', 'town_id', 'town_name']);
  });

  it('say where they are broken', () => {
    assert.throws(
      () => new SqlDump("INSERT INTO a VALUES (1, 'open);\n"),
      (error) => isCrmError(error, 'config') && /line 1/.test(error.message),
    );
  });
});

describe('transforms', () => {
  const cases: readonly (readonly [TransformName, string, string])[] = [
    ['after-colons', 'Accounts::::Officine Rossi S.r.l.', 'Officine Rossi S.r.l.'],
    ['after-slash', 'All / Saleable / Services', 'Services'],
    ['before-comma', 'Saint Paul, Minnesota', 'Saint Paul'],
    ['after-comma', 'Saint Paul, Minnesota', 'Minnesota'],
    ['after-comma', 'Dublin', ''],
    ['without-brackets', 'California (US)', 'California'],
    ['date-part', '2026-11-21 23:38:21', '2026-11-21'],
    ['fraction-to-percent', '0.150000006', '15'],
    ['real', '9.80000019', '9.8'],
    ['zero-is-blank', '0.00', ''],
    ['vat', 'IT 0074.3110157', '00743110157'],
    ['vat', 'ATU12345678', 'U12345678'],
    ['vat-country', 'EL123456789', 'GR'],
    ['vat-country', '00743110157', ''],
    ['mail-name', "D'Amico Niccolò", 'd.amico.niccolo'],
  ];
  for (const [name, from, to] of cases)
    it(`${name}: "${from}" is "${to}"`, () => assert.equal(transformed(from, [name]), to));

  it("takes the apostrophe away that guards a formula, and no other's", () => {
    assert.equal(unguarded("'+39 02 1234567"), '+39 02 1234567');
    assert.equal(unguarded("'ndrangheta"), "'ndrangheta");
  });
});
