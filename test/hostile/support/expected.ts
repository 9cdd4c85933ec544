import type { EngineName } from './engine.ts';
import { contract, type ContractCheck, type FoundHost } from './host.ts';
import { knownGaps, type KnownGap } from './known-gaps.ts';

/** The checks of a host in an engine: those of the contract, in their order, then its own. */
export const checksOf = (host: FoundHost, engine: EngineName): readonly string[] => [
  ...contractOf(host),
  ...Object.keys(host.checks ?? {}).filter((name) => host.only?.[name]?.includes(engine) ?? true),
];

export const contractOf = ({ without }: FoundHost): readonly ContractCheck[] =>
  typeof without === 'string'
    ? []
    : (Object.keys(contract) as ContractCheck[]).filter((name) => without?.[name] === undefined);

export const gapOf = (host: FoundHost, engine: EngineName, check: string): KnownGap | undefined =>
  knownGaps.find(
    ({ hosts, engines, checks }) =>
      hosts.includes(host.file) && (engines?.includes(engine) ?? true) && checks.includes(check),
  );

export const runsIn = (host: FoundHost, engine: EngineName): boolean => host.engines?.includes(engine) ?? true;
