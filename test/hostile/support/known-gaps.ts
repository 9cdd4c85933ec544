import type { EngineName } from './engine.ts';
import { softLook, strictLook } from './look.ts';

/** Something that does not hold yet on a page. It fails the suite when it does, so that this list only says what is true. */
export interface KnownGap {
  /** Files of hosts, without ending. */
  readonly hosts: readonly string[];
  /** In all engines unless told. */
  readonly engines?: readonly EngineName[];
  /** Of the contract, or one of the host's own. */
  readonly checks: readonly string[];
  readonly reason: string;
}

const strict = 'not built yet: strict isolation';
const policies = 'not built yet: a bundle that needs no policy of Trusted Types';
const sandbox = 'not built yet: a server that may be told to accept pages without an origin';
const dexie = 'Dexie listens to the window as long as the page is there';

export const knownGaps: readonly KnownGap[] = [
  { hosts: ['h01-all-unset', 'h01-all-unset-important'], checks: ['in-sight', strictLook], reason: strict },
  { hosts: ['h01-all-unset'], checks: ['with soft isolation elements are still blocks'], reason: strict },
  { hosts: ['h02-pale-and-floating'], checks: ['in-sight', 'usable', 'accessible'], reason: strict },
  { hosts: ['h02-ten-pixels'], checks: ['in-sight', 'usable', strictLook], reason: strict },
  { hosts: ['h03-loud-body'], checks: ['in-sight', 'usable', 'saves', strictLook], reason: strict },
  {
    hosts: ['h03-loud-body', 'h06-wordpress'],
    checks: [softLook],
    reason: 'not built yet: soft isolation that takes type and colours only',
  },
  {
    hosts: ['bootstrap', 'magento', 'pico', 'prestashop', 'shopware', 'woocommerce', 'wordpress'].map(
      (name) => `h06-${name}`,
    ),
    checks: [strictLook],
    reason: strict,
  },
  {
    hosts: ['h12-one-policy-name'],
    checks: ['quiet', 'the elements of the second copy live, too, under their own prefix'],
    reason: policies,
  },
  { hosts: ['h13-no-trusted-types'], checks: ['upgraded', 'usable', 'saves', 'quiet'], reason: policies },
  { hosts: ['h21-sandboxed'], checks: ['upgraded', 'usable', 'saves', 'quiet'], reason: sandbox },
  {
    hosts: ['h21-sandboxed'],
    checks: ['a token may come through a MessagePort'],
    reason: 'not built yet: tokens through a MessagePort',
  },
  {
    hosts: ['h22-storage-blocked', 'h23-quota-full', 'h23-database-deleted', 'h23-version-blocked'],
    checks: ['leaves-no-trace'],
    reason: dexie,
  },
  {
    hosts: ['h22-storage-blocked'],
    checks: ['what is kept is kept in memory, and diagnostics() says so'],
    reason: 'without storage nothing is kept, not even in memory',
  },
  {
    hosts: ['h23-quota-full'],
    checks: ['the page goes on in memory'],
    reason: 'a database that opens but takes nothing is not given up for memory',
  },
  {
    hosts: ['h26-moved-about'],
    checks: [
      'after `append` the draft is there, and nothing is asked again',
      'after `moveBefore` the draft is there, and nothing is asked again',
    ],
    reason: 'not built yet: an element that is moved keeps what it has, instead of reading it again',
  },
  {
    hosts: ['h27-react'],
    checks: ['objects arrive as properties, and the framework hears our events'],
    reason: 'not built yet: shells, which keep objects that were set before the code came',
  },
  {
    hosts: ['h24-single-page-app'],
    checks: ['after a hundred times no element, listener or timer is alive'],
    reason: 'one pipeline board of a hundred stays in memory',
  },
  {
    hosts: ['h31-lost-files'],
    checks: ['an element whose code is missing says so, and works after a retry'],
    reason: 'not built yet: shells, which can say that their code is missing',
  },
  {
    hosts: ['h32-token-fails'],
    checks: ['when its tokens are refused again and again, likewise', 'when its tokens have ended already, likewise'],
    reason: 'not built yet: back-off between questions for tokens',
  },
  {
    hosts: ['h39-filtered-markup'],
    checks: ['`<div data-crm="contact-card">` becomes the element, where only such markup gets through'],
    reason: 'not built yet: elements from `data-crm`',
  },
  {
    hosts: ['h42-define-taken'],
    checks: ['nothing breaks, and diagnostics() names the cause'],
    reason: 'not built yet: causes in diagnostics()',
  },
  {
    hosts: ['h42-script-removed'],
    checks: ['an element that waits in vain for its instance says so in the console of the page, and by diagnostics()'],
    reason: 'not built yet: causes in diagnostics()',
  },
];
