import { engineNames, type EngineName } from './engine.ts';
import { checksOf, contractOf, gapOf, runsIn } from './expected.ts';
import { contract, type FoundHost } from './host.ts';
import { hosts } from './hosts.ts';

const titles: Readonly<Record<EngineName, string>> = {
  chromium: 'Chromium',
  firefox: 'Firefox ESR',
  webkit: 'WebKitGTK',
};

const intro = `# Hostile hosts

Written by \`npm run hostile -- page\` from \`test/hostile\`; a test compares. \`npm run test:hostile\` opens every page
below in up to three browser engines and holds it to what is said here; \`npm run hostile\` serves the pages to be opened
by hand. A gap is something that does not hold yet: the suite expects it to fail, and fails itself when it does not.`;

/** The text of docs/hosts.md. */
export const hostsPage = async (): Promise<string> => {
  const all = await hosts();
  return (
    [
      intro,
      '## The contract',
      'On every page a contact card, a history, a ticket form and a pipeline board are mounted, and then:',
      Object.entries(contract)
        .map(([name, says]) => `- **${name}**: ${says}.`)
        .join('\n'),
      '## Which page passes where',
      [
        `| page | what it does | ${engineNames.map((name) => titles[name]).join(' | ')} |`,
        `|---|---|${engineNames.map(() => '---').join('|')}|`,
        ...all.map(rowOf),
      ].join('\n'),
      '## Gaps',
      all.flatMap(gapsOf).join('\n') || 'None.',
      '## What is asked beyond the contract, and what is not asked',
      all.flatMap(sectionOf).join('\n\n'),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
};

const rowOf = (host: FoundHost): string => {
  const cells = engineNames.map((engine) => cellOf(host, engine));
  return `| ${[`${host.number} ${titleOf(host)}`, host.does, ...cells].map(escaped).join(' | ')} |`;
};

const cellOf = (host: FoundHost, engine: EngineName): string => {
  if (!runsIn(host, engine)) return 'not asked';
  const checks = checksOf(host, engine);
  const gaps = checks.filter((check) => gapOf(host, engine, check));
  return gaps.length === 0 ? `all ${checks.length}` : `${checks.length - gaps.length} of ${checks.length}`;
};

const gapsOf = (host: FoundHost): readonly string[] => {
  const asked = engineNames.filter((engine) => runsIn(host, engine));
  const checks = [...new Set(asked.flatMap((engine) => checksOf(host, engine)))];
  return checks.flatMap((check) => {
    const where = asked.filter((engine) => checksOf(host, engine).includes(check) && gapOf(host, engine, check));
    const [first] = where;
    if (first === undefined) return [];
    const engines = where.length === asked.length ? '' : ` (${where.map((engine) => titles[engine]).join(', ')})`;
    return [`- ${host.number} ${titleOf(host)}, ${check}${engines}: ${gapOf(host, first, check)!.reason}.`];
  });
};

const sectionOf = (host: FoundHost): readonly string[] => {
  const { without = {}, why } = host;
  const left = typeof without === 'string' ? { 'The contract': without } : without;
  const lines = [
    ...Object.keys(host.checks ?? {}).map((check) => `- ${check}${onlyIn(host, check)}`),
    ...Object.entries(left).map(([check, reason]) => `- *${check}* is not asked: ${reason}`),
    ...(why === undefined ? [] : [`- Not asked in every engine: ${why}`]),
  ];
  return lines.length === 0 || contractOf(host).length + lines.length === 0
    ? []
    : [`**${host.number} ${titleOf(host)}**\n\n${lines.join('\n')}`];
};

const onlyIn = (host: FoundHost, check: string): string => {
  const only = host.only?.[check];
  return only ? ` (only in ${only.map((engine) => titles[engine]).join(', ')})` : '';
};

const titleOf = ({ file }: FoundHost): string => file.slice(4).replaceAll('-', ' ');

const escaped = (cell: string): string => cell.replaceAll('|', '\\|');
