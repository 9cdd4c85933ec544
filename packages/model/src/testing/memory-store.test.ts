import { describe, it } from 'node:test';
import { builtInRegistry } from '../modules/built-in.ts';
import { deleteManyChildren } from './many-children.ts';
import { memoryStore } from './memory-store.ts';
import { describeStore } from './store-suite.ts';

const open = async () => ({
  store: memoryStore({
    registry: builtInRegistry(),
    identity: { type: 'user', id: '01900000-0000-7000-8000-000000000001', admin: true },
  }),
});

describeStore({ describe, it }, { name: 'memory', open });

it('reaches all children when it deletes their parent, however many', async () =>
  deleteManyChildren((await open()).store));
