import type { CrmSettings } from '../frame/instance.ts';
import { version } from '../version.ts';
import type { Connection } from './connection.ts';
import { examineBackend, type BackendExamination } from './examine-backend.ts';
import {
  examineCopies,
  examineTags,
  examineTrustedTypes,
  examineViolations,
  type TagDiagnosis,
  type ViolationDiagnosis,
} from './examine-page.ts';
import { finding, type Finding } from './finding.ts';
import { tagless } from './missing-tag.ts';
import { instancesOnPage, type PageInstance } from './page-copies.ts';
import type { PageWitness } from './page-witness.ts';

export interface BackendDiagnosis extends Omit<BackendExamination, 'findings'> {
  readonly name: string;
  /** Null when the page gave a store of its own. */
  readonly url: string | null;
}

export interface DiagnosticsOptions {
  /** Also does what Trusted Types forbid, to see whether they are in force; such a page reports one violation. */
  readonly provoke?: boolean;
}

export interface Diagnostics {
  /** What is amiss and why, worst first; empty when all is well. */
  readonly findings: readonly Finding[];
  readonly version: string;
  readonly prefix: string;
  readonly locale: string | null;
  readonly isOnline: boolean;
  readonly isSecureContext: boolean;
  /** `unknown`: a header may enforce them, which only `provoke` finds out. */
  readonly trustedTypes: 'enforced' | 'not-enforced' | 'unknown' | 'unsupported';
  /** What the page's security policy forbade since the instance was made, as far as it concerns us. */
  readonly violations: readonly ViolationDiagnosis[];
  /** The instances of all copies of this library on the page. */
  readonly instances: readonly PageInstance[];
  /** The versions of `LitElement` on the page; that of the script tag leaves no mark on it. */
  readonly lit: readonly string[];
  /** Tags on this page and whether they have their code; those that are not rendered say so. */
  readonly elements: readonly TagDiagnosis[];
  readonly backends: readonly BackendDiagnosis[];
}

interface Subject {
  readonly prefix: string;
  readonly settings: CrmSettings;
  readonly registry: CustomElementRegistry;
  readonly connections: ReadonlyMap<string, Connection>;
  readonly witness: Promise<PageWitness | undefined>;
}

/** Milliseconds after which a browser has told of what it forbade. */
const tellingTime = 50;

export const diagnose = async (
  { prefix, settings, registry, connections, witness }: Subject,
  { provoke = false }: DiagnosticsOptions = {},
): Promise<Diagnostics> => {
  const { violations: seen = [] } = (await witness) ?? {};
  const examined = await Promise.all([...connections].map(backendOf));
  const trustedTypes = examineTrustedTypes(seen, provoke);
  await new Promise((told) => setTimeout(told, tellingTime));
  const urls = examined.flatMap(({ backend: { url } }) => (url === null ? [] : [new URL(url, document.baseURI).href]));
  const policy = examineViolations(seen, urls);
  const tags = examineTags(prefix, registry);
  const instances = instancesOnPage();
  const { litElementVersions = [] } = globalThis as { readonly litElementVersions?: readonly string[] };
  const findings = [
    ...policy.findings,
    ...withoutEchoes(examined, policy.findings),
    ...tags.findings,
    ...tagless().map((file) => finding('script-tag-missing', file)),
    ...examineCopies(instances, prefix),
  ];
  return {
    findings: findings.toSorted((a, b) => Number(a.severity === 'notice') - Number(b.severity === 'notice')),
    version,
    prefix,
    locale: settings.locale ?? null,
    isOnline: navigator.onLine,
    isSecureContext,
    trustedTypes,
    violations: policy.violations,
    instances,
    lit: [...litElementVersions],
    elements: tags.elements,
    backends: examined.map(({ backend }) => backend),
  };
};

interface Examined {
  readonly backend: BackendDiagnosis;
  readonly findings: readonly Finding[];
}

const backendOf = async ([name, connection]: [string, Connection]): Promise<Examined> => {
  const { findings, ...examination } = await examineBackend(connection);
  return { backend: { name, url: connection.url ?? null, ...examination }, findings };
};

/** What the policy forbids looks like a server that is down. */
const withoutEchoes = (examined: readonly Examined[], forbidden: readonly Finding[]): readonly Finding[] => {
  const blocked = forbidden.filter(({ code }) => code === 'csp-blocks-backend');
  const isEcho = ({ code, subject }: Finding): boolean =>
    code === 'server-down' && blocked.some((one) => subject.startsWith(one.subject));
  return examined.flatMap(({ findings }) => findings.filter((one) => !isEcho(one)));
};
