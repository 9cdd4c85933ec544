// A reporter for Web Test Runner that counts tests. A file that fails without a failed test counts as one failure.
import { leaveCounts } from './counts.mjs';

export const browserReporter = () => ({
  stop({ sessions }) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const add = ({ tests = [], suites = [] }) => {
      for (const test of tests) counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed']++;
      suites.forEach(add);
    };
    for (const session of sessions) {
      const before = counts.failed;
      if (session.testResults) add(session.testResults);
      if (!session.passed && counts.failed === before) counts.failed++;
    }
    leaveCounts(counts);
  },
});
