import { parseArgs } from 'node:util';
import { CrmError } from '@tessera-crm/model/errors.js';
import { DryStore } from '../import/dry-store.ts';
import type { Reporter } from '../import/import-context.ts';
import type { DuplicatePolicy, Preset } from '../import/mapping.ts';
import { loadMappingFile, loadPreset, presetNames, type PresetName } from '../import/presets.ts';
import { Progress } from '../import/progress.ts';
import type { RecordDoor } from '../import/record-door.ts';
import { ReportFile } from '../import/report-file.ts';
import { runImport } from '../import/run-import.ts';
import { newId } from '../new-id.ts';
import type { Command, Terminal } from './command.ts';
import { chosenTenant, withApp, type Workplace } from './with-app.ts';

const options = {
  preset: { type: 'string' },
  mapping: { type: 'string' },
  module: { type: 'string' },
  duplicates: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  report: { type: 'string' },
  tenant: { type: 'string' },
} as const;

const policies: readonly string[] = ['skip', 'overwrite', 'fill', 'create'] satisfies readonly DuplicatePolicy[];

/** Failed rows that are shown on the terminal; the report has them all. */
const shownFailures = 20;

const isPresetName = (name: string): name is PresetName => presetNames.some((known) => known === name);

const presetOf = ({ preset, mapping }: { readonly preset?: string; readonly mapping?: string }): Preset | undefined => {
  if (preset !== undefined && mapping !== undefined) throw new CrmError('config', 'Give either --preset or --mapping.');
  if (mapping !== undefined) return loadMappingFile(mapping);
  if (preset === undefined) return undefined;
  if (isPresetName(preset)) return loadPreset(preset);
  throw new CrmError('config', `There is no preset "${preset}"; there are ${presetNames.join(', ')}.`, { preset });
};

const policyOf = (name: string | undefined): DuplicatePolicy | undefined => {
  if (name === undefined || policies.includes(name)) return name as DuplicatePolicy | undefined;
  throw new CrmError('config', `--duplicates is one of ${policies.join(', ')}, not "${name}".`);
};

const parse = (args: readonly string[]) => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (positionals.length === 0) throw new CrmError('config', `Write:\n${importCommand.usage}`);
  const { preset, mapping, module, duplicates, report, tenant } = values;
  return {
    paths: positionals,
    preset: presetOf({ ...(preset !== undefined && { preset }), ...(mapping !== undefined && { mapping }) }),
    policy: policyOf(duplicates),
    isDry: values['dry-run'],
    module,
    report,
    tenant,
  };
};

type Asked = ReturnType<typeof parse>;

const both = (progress: Progress, file: ReportFile | null): Reporter => ({
  file: (name, module) => progress.file(name, module),
  notice: (text) => progress.notice(text),
  outcome(outcome) {
    progress.outcome(outcome);
    file?.outcome(outcome);
  },
  remark(at, message) {
    progress.remark(at, message);
    file?.remark(at, message);
  },
});

const progressOn = (terminal: Terminal, isDry: boolean): Progress =>
  new Progress({
    isTerminal: process.stderr.isTTY,
    isDry,
    write: (text) => terminal.note(text),
    shown: shownFailures,
    clock: () => performance.now(),
  });

const importInto = async ({ app }: Workplace, asked: Asked, terminal: Terminal): Promise<number> => {
  const { isDry, paths, preset, module, policy } = asked;
  const { registry } = app.backend;
  const tenant = await chosenTenant(app, asked.tenant);
  const { settings } = tenant;
  const real: RecordDoor = app.backend.store(tenant, {
    identity: { type: 'system' },
    principal: 'system',
    source: 'import',
  });
  const now = (): string => new Date().toISOString();
  const freshId = (): string => newId(Date.now());
  const store = isDry ? new DryStore({ store: real, registry, settings, now, newId: freshId }) : real;
  const progress = progressOn(terminal, isDry);
  const report = asked.report === undefined ? null : await new ReportFile(asked.report, isDry).opened();
  const { stopping } = terminal;
  const rest = {
    ...(preset && { preset }),
    ...(module !== undefined && { module }),
    ...(policy && { duplicates: policy }),
  };
  try {
    await runImport({
      paths,
      store,
      registry,
      settings,
      newId: freshId,
      reporter: both(progress, report),
      stopping,
      ...rest,
    });
  } finally {
    progress.finish();
    await report?.close();
  }
  return progress.counts.failed > 0 ? 2 : 0;
};

export const importCommand: Command = {
  summary: 'import CSV files, folders of exports, or an SQL dump',
  usage: [
    'tessera import <file or folder…> [options]',
    `  --preset ${presetNames.join('|')}   where the files come from; found out by their headers unless told`,
    '  --mapping <file.json>          a mapping of your own, see docs/import.md',
    '  --module <module>              what files without a preset are about',
    '  --duplicates skip|overwrite|fill|create   what is done with records that are here already; skip unless told',
    '  --dry-run                      say what would happen and which rows would fail, and write nothing',
    '  --report <file.csv>            what became of each row',
    '  --tenant <slug>',
    'Ends with 0 when all rows were imported or skipped, 2 when some were refused, 1 when it could not be done at all.',
  ].join('\n'),
  async run(args, terminal) {
    const asked = parse(args);
    return withApp(terminal, (workplace) => importInto(workplace, asked, terminal));
  },
};
