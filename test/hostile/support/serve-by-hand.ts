import { Site } from '../../journeys/support/site.ts';
import { Front } from './front.ts';
import { seed } from './seed.ts';

/** Serves the pages until it is stopped. Port 4700, or what PORT says. */
const site = await Site.open({ env: { TESSERA_SANDBOXED: '1' } });
await seed(site);
const front = await Front.open(site.address, Number(process.env['PORT'] ?? 4700));
console.log(`Hostile pages: ${front.address}/hostile/`);

const stop = async (): Promise<void> => {
  await front.close();
  await site.close();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
