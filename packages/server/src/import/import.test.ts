import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isCrmError } from '@tessera-crm/model/errors.js';
import type { Database } from '../database/database.ts';
import { ImportBench, presetOf, type Imported } from '../testing/import-kit.ts';
import { engines } from '../testing/test-database.ts';

const codes = ({ outcomes }: Imported): unknown =>
  outcomes.map(({ row, outcome, messages }) => [
    row,
    outcome,
    ...messages.map(({ column, code }) => `${column ?? ''}:${code}`),
  ]);

const companies = presetOf({
  module: 'accounts',
  externalId: { type: 'company', columns: ['id'] },
  duplicates: { keys: [['vatNumber'], ['name~']] },
  columns: {
    name: 'name',
    vat: { field: 'vatNumber', transform: 'vat' },
    city: 'billingAddress.city',
    staff: 'employees',
    industry: 'industry',
    parent: { field: 'parent', reference: { by: ['externalId', 'name'], type: 'company' } },
  },
});

for (const engine of engines) {
  describe(`an import on ${engine.name}`, { skip: engine.skip }, () => {
    let database: Database;
    let bench: ImportBench;
    before(async () => {
      database = await engine.open();
      bench = await ImportBench.open(database);
    });
    after(async () => {
      bench.close();
      await database.close();
    });

    /** In a tenant of its own. */
    const alone = async (work: (own: ImportBench) => Promise<void>): Promise<void> => {
      const own = await ImportBench.open(database);
      try {
        await work(own);
      } finally {
        own.close();
      }
    };

    it('reads an Italian file without being told anything', () =>
      alone(async (own) => {
        const csv = Buffer.from(
          'Ragione sociale;P.IVA;Telefono;Fatturato\r\nRossi Srl;00743110157;0331 123456;1.234.567,89\r\nSocietà Nuova;;;\r\n',
          'latin1',
        );
        const imported = await own.import(own.file('clienti.csv', csv));
        assert.deepEqual(codes(imported), [
          [2, 'imported'],
          [3, 'imported'],
        ]);
        const { vatNumber, phones, annualRevenue, source, sourceRef } = await own.one('accounts', {
          name: 'Rossi Srl',
        });
        const [phone] = phones as readonly { readonly value: string }[];
        assert.deepEqual(
          { vatNumber, annualRevenue, source, sourceRef, phone: phone?.value },
          {
            vatNumber: '00743110157',
            annualRevenue: { amount: '1234567.89', currency: 'EUR' },
            source: 'import',
            sourceRef: 'clienti.csv:2',
            phone: '+390331123456',
          },
        );
        await own.one('accounts', { name: 'Società Nuova' });
      }));

    it('makes nothing twice of a file without ids that comes twice, and each of its equal rows once', () =>
      alone(async (own) => {
        const rows = ['Last name,Notes', 'Neri,tall', 'Neri,tall', 'Blu,', 'Rosa,"a, b"'];
        const first = await own.import(own.file('people.csv', rows.join('\n')), { module: 'contacts' });
        assert.deepEqual([first.counts.imported, (await own.all('contacts')).length], [4, 4]);
        const blue = await own.one('contacts', { name: { contains: 'Blu' } });
        await own.store.apply([
          { op: 'update', module: 'contacts', id: blue.id, values: { name: { last: 'Azzurri' } } },
          { op: 'delete', module: 'contacts', id: (await own.one('contacts', { name: { contains: 'Rosa' } })).id },
        ]);
        const turned = ['Notes,Last name', '"a, b",Rosa', ',Blu', 'tall,Neri', 'tall,Neri'];
        const second = await own.import(own.file('again.csv', turned.join('\n')), { module: 'contacts' });
        assert.deepEqual(codes(second), [
          [2, 'skipped', ':deleted'],
          [3, 'skipped', ':here-already'],
          [4, 'skipped', ':here-already'],
          [5, 'skipped', ':here-already'],
        ]);
        const more = [...turned, 'tall,Neri', 'small,Neri'].join('\n');
        const third = await own.import(own.file('more.csv', more), { module: 'contacts' });
        assert.deepEqual([third.counts.skipped, third.counts.imported], [4, 2]);
        const on = await own.import(own.file('more.csv', more), { module: 'contacts', duplicates: 'create' });
        assert.equal(on.counts.imported, 6);
      }));

    it('names the row, the column, the code and the reason of whatever it refuses, and imports the rest', () =>
      alone(async (own) => {
        const big = 'x'.repeat(2_000_000);
        const csv = `First name,Last name,Email,Birthday,Notes\nAda,Neri,no mail,,\nEva,Blu,eva@blu.example,31/31/2026,\nIda,Verdi,ida@verdi.example,,"${big}"\nUgo,Gialli,ugo@gialli.example,,=SUM(A1:A9)\n,,,,only notes\nLia,Rosa,lia@rosa.example,,one,two\nIvo,"Bianchi" x,,,\n`;
        const imported = await own.import(own.file('people.csv', csv), { module: 'contacts' });
        assert.deepEqual(
          codes(imported),
          [
            [7, 'failed', ':too-many-cells'],
            [8, 'failed', ':broken-quote'],
            [2, 'failed', 'Email:email'],
            [3, 'failed', 'Birthday:date'],
            [4, 'failed', 'Notes:too-long'],
            [5, 'imported'],
            [6, 'failed', 'First name, Last name:required'],
          ].toSorted((a, b) => order(imported, a[0] as number) - order(imported, b[0] as number)),
        );
        assert.equal(
          imported.outcomes.find(({ row }) => row === 2)?.messages[0]?.sentence,
          '"no mail" is no e-mail address.',
        );
        assert.equal(
          (await own.one('contacts', { emails: { is: 'ugo@gialli.example' } }))['description'],
          '=SUM(A1:A9)',
        );
      }));

    it('keeps an option that is unknown beside the record and in a note, and imports the row', () =>
      alone(async (own) => {
        const imported = await own.import(own.file('a.csv', 'id,name,industry\n1,Rossi,Dream factory\n'), {
          preset: companies,
        });
        assert.deepEqual(codes(imported), [[2, 'imported', 'industry:option']]);
        const account = await own.one('accounts', { name: 'Rossi' });
        const note = await own.one('notes');
        assert.deepEqual([account['industry'], account['custom']], [null, { import: { industry: 'Dream factory' } }]);
        assert.deepEqual([note['record'], note['kind']], [{ module: 'accounts', id: account.id }, 'auto']);
        assert.match(String(note['body']), /a\.csv, 2:\nindustry: "Dream factory" is none of the options/);
      }));

    it('is refused as a whole when a file lacks columns, and writes nothing', async () => {
      const good = bench.file('1.csv', 'id,name\n1,Rossi\n');
      const bad = bench.file('2.csv', 'name\nBianchi\n');
      await assert.rejects(
        bench.import([good, bad], { preset: companies }),
        (error) => isCrmError(error, 'config') && /lacks columns.*"id"/.test(error.message),
      );
      assert.deepEqual(await bench.all('accounts'), []);
    });

    it('says when a file has no header or is not there', async () => {
      await assert.rejects(
        bench.import(bench.file('empty.csv', '')),
        (error) => isCrmError(error, 'config') && /no header/.test(error.message),
      );
      await assert.rejects(
        bench.import('/nowhere/at/all.csv'),
        (error) => isCrmError(error, 'config') && /There is no file/.test(error.message),
      );
    });

    it('links records of one file, also to those that come later in it', () =>
      alone(async (own) => {
        const csv = 'id,name,parent\n1,Child,2\n2,Mother,\n3,Orphan,99\n4,Circle,4\n';
        const path = own.file('groups.csv', csv);
        const imported = await own.import(path, { preset: companies });
        const [child, mother, orphan] = await Promise.all(
          ['Child', 'Mother', 'Orphan'].map((name) => own.one('accounts', { name })),
        );
        assert.equal(child!['parent'], mother!.id);
        assert.deepEqual([orphan!['parent'], orphan!['custom']], [null, { import: { parent: '99' } }]);
        assert.equal(imported.notices[0], 'Nothing in "accounts" is called "99".');
        assert.match(imported.notices[1]!, /It would lead back to itself/);
        await own.store.apply([{ op: 'update', module: 'accounts', id: child!.id, values: { parent: null } }]);
        await own.import(path, { preset: companies });
        assert.equal(
          (await own.one('accounts', { name: 'Child' }))['parent'],
          null,
          'what somebody changed stays as it is',
        );
      }));

    it('makes up for links within a file that an import which was stopped had left undone', () =>
      alone(async (own) => {
        await own.import(own.file('groups.csv', 'id,name\n1,Child\n2,Mother\n'), { preset: companies });
        await own.import(own.file('groups.csv', 'id,name,parent\n1,Child,2\n2,Mother,\n'), { preset: companies });
        const [child, mother] = [
          await own.one('accounts', { name: 'Child' }),
          await own.one('accounts', { name: 'Mother' }),
        ];
        assert.equal(child['parent'], mother.id);
      }));

    describe('with records that are here already', () => {
      const first = 'id,name,vat,city,staff\n,Rossi & Figli S.r.l.,00743110157,Milano,\n';
      const second =
        'id,name,vat,city,staff\n7,ROSSI E FIGLI SRL,IT00743110157,Roma,12\n8,rossi figli,,Napoli,\n9,Bianchi,,,3\n10,Bianchi SPA,,,\n';
      const cases = [
        {
          policy: 'skip',
          outcomes: ['skipped', 'skipped', 'imported', 'imported'],
          name: 'Rossi & Figli S.r.l.',
          city: 'Milano',
          staff: null,
        },
        {
          policy: 'fill',
          outcomes: ['updated', 'imported', 'imported', 'imported'],
          name: 'Rossi & Figli S.r.l.',
          city: 'Milano',
          staff: 12,
        },
        {
          policy: 'overwrite',
          outcomes: ['updated', 'imported', 'imported', 'imported'],
          name: 'ROSSI E FIGLI SRL',
          city: 'Roma',
          staff: 12,
        },
        {
          policy: 'create',
          outcomes: ['imported', 'imported', 'imported', 'imported'],
          name: 'Rossi & Figli S.r.l.',
          city: 'Milano',
          staff: null,
        },
      ] as const;
      for (const { policy, outcomes, name, city, staff } of cases) {
        it(`does what "${policy}" says, and nothing the second time`, () =>
          alone(async (own) => {
            await own.import(own.file('1.csv', first), { preset: companies });
            const [known] = await own.all('accounts');
            const path = own.file('2.csv', second);
            const imported = await own.import(path, { preset: companies, duplicates: policy });
            assert.deepEqual(
              imported.outcomes.map(({ outcome }) => outcome),
              outcomes,
            );
            const account = await own.store.get('accounts', known!.id);
            assert.deepEqual(
              [account['name'], (account['billingAddress'] as { readonly city: string }).city, account['employees']],
              [name, city, staff],
            );
            const before = await own.all('accounts');
            const again = await own.import(path, { preset: companies, duplicates: policy });
            assert.deepEqual(again.counts, { imported: 0, updated: 0, skipped: 4, failed: 0, warned: 0 });
            assert.deepEqual(await own.all('accounts'), before);
          }));
      }

      it('says of which row a row is the same', () =>
        alone(async (own) => {
          const csv = 'Email,First name,Last name\na@x.example,Ada,Neri\nb@x.example,Eva,Blu\nA@X.example,Ada,Neri\n';
          const imported = await own.import(own.file('c.csv', csv), { module: 'contacts' });
          assert.equal(imported.outcomes[2]?.messages[0]?.sentence, 'It has the same emails as row 2.');
        }));

      it('does not bring back what was deleted here since', () =>
        alone(async (own) => {
          const path = own.file('1.csv', 'id,name\n1,Rossi\n');
          await own.import(path, { preset: companies });
          const { id } = await own.one('accounts');
          await own.store.apply([{ op: 'delete', module: 'accounts', id }]);
          assert.deepEqual(codes(await own.import(path, { preset: companies })), [[2, 'skipped', ':deleted']]);
        }));
    });

    describe('that is only tried', () => {
      it('tells every row that would fail, as the real one does, and writes nothing', () =>
        alone(async (own) => {
          const rows = Array.from(
            { length: 1_200 },
            (_, index) =>
              `${index},Company ${index},${index % 400 === 7 ? 'IT12345678901' : ''},,,,${index % 3 === 0 ? 5 : ''}`,
          );
          const path = own.file('many.csv', `id,name,vat,city,staff,industry,parent\n${rows.join('\n')}\n`);
          const tried = await own.import(path, { preset: companies, isDry: true });
          assert.deepEqual(await own.all('accounts'), []);
          const real = await own.import(path, { preset: companies });
          const facts = ({ outcomes }: Imported): unknown =>
            outcomes.map(({ row, outcome, messages }) => ({ row, outcome, messages }));
          assert.deepEqual(facts(tried), facts(real));
          assert.deepEqual(real.counts, { imported: 1_197, updated: 0, skipped: 0, failed: 3, warned: 0 });
          assert.deepEqual(
            real.outcomes
              .filter(({ outcome }) => outcome === 'failed')
              .map(({ row, messages }) => [row, messages[0]?.column, messages[0]?.code]),
            [
              [9, 'vat', 'vat-number'],
              [409, 'vat', 'vat-number'],
              [809, 'vat', 'vat-number'],
            ],
          );
        }));
    });
  });
}

/** Rows that cannot be read are told before those of the batch under way. */
const order = ({ outcomes }: Imported, row: number): number => outcomes.findIndex((outcome) => outcome.row === row);
