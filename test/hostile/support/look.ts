import type { EngineName } from './engine.ts';
import type { Host } from './host.ts';
import { looksAsOnBlankPage } from './pictures.ts';

const strictLook = 'with strict isolation it looks as on a blank page, to 0.1 % of the pixels';
const softLook = 'with soft isolation it takes type and colours of the page, and nothing else';

const chromium: readonly EngineName[] = ['chromium'];

/** The two ways of looking at a style sheet of a host, for a host's `checks` and `only`. */
export const looks: Required<Pick<Host, 'checks' | 'only'>> = {
  checks: {
    [strictLook]: (visit) => looksAsOnBlankPage(visit, 'strict'),
    [softLook]: (visit) => looksAsOnBlankPage(visit, 'soft'),
  },
  only: { [strictLook]: chromium, [softLook]: chromium },
};

/** The strict one only, where a page gives what `soft` is bound to inherit. */
export const strictLooks: typeof looks = {
  checks: { [strictLook]: looks.checks[strictLook]! },
  only: { [strictLook]: chromium },
};
