import type { Reading } from '@tessera-crm/model/kind.js';
import type { Registry } from '@tessera-crm/model/registry.js';
import type { Settings } from '@tessera-crm/model/settings.js';
import { checkHeaders, checkMapping } from './check-mapping.ts';
import { DraftReader } from './draft-reader.ts';
import { groupRows } from './group-rows.ts';
import type { ImportContext, Reporter } from './import-context.ts';
import { planFiles, type PlannedFile } from './import-files.ts';
import { Importer } from './importer.ts';
import { KnownModules } from './known-records.ts';
import type { DuplicatePolicy, Preset } from './mapping.ts';
import { allPresets } from './presets.ts';
import type { RecordDoor } from './record-door.ts';
import { wantLinks } from './resolve-links.ts';
import { RowPlanner } from './row-planner.ts';
import { StageFinder } from './stage-finder.ts';
import { findTarget } from './target.ts';

export interface ImportOptions {
  /** Files, or folders of files. */
  readonly paths: readonly string[];
  readonly store: RecordDoor;
  readonly registry: Registry;
  readonly settings: Settings;
  /** The mappings to use; what fits of all presets, or the headers themselves, unless told. */
  readonly preset?: Preset;
  /** What files without a preset are about. */
  readonly module?: string;
  /** What is done with records that are here already: left alone, unless told. */
  readonly duplicates?: DuplicatePolicy;
  readonly reporter: Reporter;
  readonly newId: () => string;
  /** When aborted, the import ends after the batch under way. */
  readonly stopping?: AbortSignal;
}

/** How numbers and dates are written in a country, where a file does not tell. */
const fallbackOf = ({ locale }: Settings): Pick<Reading, 'decimal' | 'dates'> => ({
  decimal: locale.startsWith('en') ? '.' : ',',
  dates: /^en(?:-US)?$/.test(locale) ? 'mdy' : 'dmy',
});

/**
 * Imports files into a store. Every record of a file ends in one outcome, told to the reporter.
 *
 * @throws {CrmError} `config` when a file or a mapping cannot be used, before anything is written
 */
export const runImport = async (options: ImportOptions): Promise<void> => {
  const { registry, preset, reporter } = options;
  const files = await planFiles(options.paths, {
    registry,
    presets: preset ? [preset] : allPresets(),
    isGiven: preset !== undefined,
    module: options.module,
    fallback: fallbackOf(options.settings),
    notice: (text) => reporter.notice(text),
  });
  for (const { mapping, headers } of files) {
    checkMapping(mapping, registry);
    checkHeaders(mapping, registry, headers);
  }
  const modules = new KnownModules(options.store, (key) => registry.get(key));
  for (const file of files) wantAll(file, modules, registry);
  for (const file of files) await importFile(file, modules, options);
};

/** Everything that will be looked for, so that each module is read once. */
const wantAll = ({ mapping }: PlannedFile, modules: KnownModules, registry: Registry): void => {
  const module = registry.get(mapping.module);
  modules.want(module.key, mapping.duplicates.keys.flat());
  const links = Object.values(mapping.columns)
    .flat()
    .flatMap((spec) => {
      const found = findTarget(module, spec);
      return 'target' in found && spec.reference ? [{ spec: spec.reference, target: found.target }] : [];
    });
  wantLinks(modules, links);
  if (
    Object.values(mapping.columns)
      .flat()
      .some(({ stages }) => stages)
  )
    modules.want('lostReasons', ['name']);
};

const readingOf = ({ preset, detected }: PlannedFile, settings: Settings): Reading => {
  const own = {
    decimal: detected.decimal,
    dates: detected.dates,
    currency: settings.currency,
    country: settings.country,
    timeZone: settings.timeZone,
  };
  const given = Object.entries(preset?.reading ?? {}).filter(([, value]) => value !== undefined);
  return { ...own, ...(Object.fromEntries(given) as Partial<Reading>) };
};

const importFile = async (file: PlannedFile, modules: KnownModules, options: ImportOptions): Promise<void> => {
  const { store, registry, settings, reporter, newId } = options;
  const { mapping, preset, name, headers } = file;
  const system = preset?.system ?? 'file';
  const policy = options.duplicates ?? mapping.duplicates.policy ?? 'skip';
  const module = registry.get(mapping.module);
  reporter.file(name, module.key);
  if (file.detected.isGuess && preset?.reading.dates === undefined)
    reporter.notice(`${name}: days and months cannot be told apart; dates are read as ${file.detected.dates}.`);
  const context: ImportContext = {
    store,
    registry,
    settings,
    modules,
    system,
    policy,
    reporter,
    newId,
    stopping: options.stopping,
  };
  const hasStages = Object.values(mapping.columns)
    .flat()
    .some(({ stages }) => stages);
  const stages = hasStages ? await StageFinder.load(store, { newId, locale: settings.locale }) : null;
  const reader = new DraftReader(mapping, module, { reading: readingOf(file, settings), system, file: name, headers });
  const known = await modules.of(module.key);
  const planner = new RowPlanner(
    { mapping, module, modules, stages, system, file: name, policy, newId, locale: settings.locale },
    known,
  );
  await new Importer(context, { file: name, reader, planner }).run(groupRows(await file.rows(), mapping));
};
