// A reporter for node:test: prints what failed and what was skipped, and counts leaf tests.
import { relative } from 'node:path';
import { inspect } from 'node:util';
import { leaveCounts } from './counts.mjs';

export default async function* report(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let names = [];
  let depthBefore = 0;
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (type === 'test:start') names = [...names.slice(0, data.nesting), data.name];
    if (type !== 'test:pass' && type !== 'test:fail') continue;

    // Results of children come right before the result of their parent.
    const isParent = depthBefore > data.nesting || data.details?.type === 'suite';
    depthBefore = data.nesting;
    const title = [...names.slice(0, data.nesting), data.name].join(' > ');
    const place = data.file ? `${relative('', data.file)}:${data.line}` : '';
    const error = data.details?.error;

    if (type === 'test:fail' && !isExpected(data)) {
      if (error?.failureType === 'subtestsFailed') continue;
      counts.failed++;
      yield `not ok ${place} ${title}\n${indent(inspect(error?.cause ?? error))}\n`;
    } else if (isExpected(data)) {
      counts.skipped++;
      const reason = data.skip ?? data.todo;
      yield `skipped ${place} ${title}${typeof reason === 'string' && reason ? `: ${reason}` : ''}\n`;
    } else if (!isParent && !isFile(data)) counts.passed++;
  }
  leaveCounts(counts);
}

const isExpected = ({ skip, todo }) => skip !== undefined || todo !== undefined;

/** A file without tests passes as a test that has the file's own name. */
const isFile = ({ name, file, nesting }) =>
  nesting === 0 && file !== undefined && (file === name || file.endsWith(`/${name}`));

const indent = (text) => text.replace(/^/gm, '    ');
