import { openDatabase } from '../database/open-database.ts';
import { migrate } from '../sql/migrate.ts';
import { readFileSync } from 'node:fs';
for (const url of ['memory:', readFileSync('/tmp/sqlw/url','utf8')]) {
  const d = await openDatabase(url);
  const T='00000000-0000-0000-0000-000000000001';
  let t = performance.now();
  console.log(await migrate(d), (performance.now()-t).toFixed(0), await migrate(d));
  await d.admin({ sql: 'insert into tenants values ($1,$2,$3,$4,now())', parameters: [T,'demo','Demo','{}'] });
  console.log((await d.run(T, { sql: 'select * from v_tenants', parameters: [] })).rows);
  console.log(await d.run(T, { sql: 'select * from tenants', parameters: [] }).catch(String));
  await d.close();
}
