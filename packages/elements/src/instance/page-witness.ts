import { version } from '../version.ts';
import { leavingMarks } from './leaving-marks.ts';
import { enterPage } from './page-copies.ts';
import { watchViolations } from './page-violations.ts';

/** What an instance leaves on a page and keeps of it, so that diagnostics can tell. */
export interface PageWitness {
  /** What the page's security policy forbade so far. */
  readonly violations: readonly SecurityPolicyViolationEvent[];
  leave(): void;
}

/**
 * Also has finished what an earlier page was about to delete.
 *
 * @param url - The file that the instance's code came from.
 */
export const witnessPage = (prefix: string, url: string): PageWitness => {
  const { seen, stop } = watchViolations();
  const leavePage = enterPage({ version, prefix, url });
  if (leavingMarks(prefix).length > 0)
    import('./finish-leaving.ts').then(({ finishLeaving }) => finishLeaving(prefix)).catch(() => {});
  return {
    violations: seen,
    leave() {
      stop();
      leavePage();
    },
  };
};
