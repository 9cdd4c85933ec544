import { elementBrand } from '../frame/define.ts';
import { isElementName } from './element-table.ts';
import { finding, type Finding } from './finding.ts';
import type { PageInstance } from './page-copies.ts';

/** A tag of ours on the page, and whether it has its code and is shown. */
export interface TagDiagnosis {
  readonly tag: string;
  readonly isDefined: boolean;
  readonly isRendered: boolean;
}

export interface ViolationDiagnosis {
  readonly directive: string;
  /** Without what comes after a `?`. */
  readonly blocked: string;
  /** The file that did it. */
  readonly source: string;
  /** It was only reported, not prevented. */
  readonly isReportOnly: boolean;
}

/** The elements of a prefix on this page, outside of shadow roots. */
export const examineTags = (
  prefix: string,
  registry: CustomElementRegistry,
): { readonly elements: readonly TagDiagnosis[]; readonly findings: readonly Finding[] } => {
  const all = [...document.querySelectorAll('*')].filter(({ localName }) => localName.startsWith(`${prefix}-`));
  const known = all.filter(({ localName }) => isElementName(localName.slice(prefix.length + 1)));
  const tags = [...new Set(all.map(({ localName }) => localName))];
  const hidden = known.filter((element) => !isHollow(element) && !element.checkVisibility(everyWay));
  return {
    elements: known.map((element) => ({
      tag: element.localName,
      isDefined: element.matches(':defined'),
      isRendered: element.checkVisibility(),
    })),
    findings: [
      ...tags.flatMap((tag) => tagFinding(tag, prefix, registry) ?? []),
      ...[...new Set(hidden.map(({ localName }) => localName))].map((tag) => finding('tag-not-rendered', tag)),
    ],
  };
};

const everyWay = { opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: false };

/** A provider has no box of its own. */
const isHollow = (element: Element): boolean => getComputedStyle(element).display === 'contents';

const tagFinding = (tag: string, prefix: string, registry: CustomElementRegistry): Finding | undefined => {
  const name = tag.slice(prefix.length + 1);
  const found = registry.get(tag) as { readonly [elementBrand]?: string } | undefined;
  if (!isElementName(name)) return found ? undefined : finding('tag-unknown', tag);
  if (!found)
    return isOfBrowser(registry.define) ? finding('tag-without-code', tag, name) : finding('define-taken', tag);
  return found[elementBrand] === undefined ? finding('tag-conflict', tag) : undefined;
};

/** Whether a function is the browser's own; libraries that wrap one leave it doing what it did. */
const isOfBrowser = (method: CustomElementRegistry['define']): boolean =>
  /\[native code\]/.test(Function.prototype.toString.call(method));

/** What the page's policy forbade of what concerns us: requests to a backend, files of the library, its templates. */
export const examineViolations = (
  seen: readonly SecurityPolicyViolationEvent[],
  backends: readonly string[],
): { readonly violations: readonly ViolationDiagnosis[]; readonly findings: readonly Finding[] } => {
  const violations = seen.flatMap((event) => {
    const one = readViolation(event);
    const about = one.isReportOnly ? undefined : violationFinding(one, event.sample, backends);
    return about || isOurs(one.source) ? [{ one, about }] : [];
  });
  const findings = new Map(violations.flatMap(({ about }) => (about ? [[about.message, about] as const] : [])));
  return { violations: violations.map(({ one }) => one), findings: [...findings.values()] };
};

const readViolation = (event: SecurityPolicyViolationEvent): ViolationDiagnosis => ({
  directive: event.effectiveDirective,
  blocked: event.blockedURI.split('?')[0]!,
  source: event.sourceFile ?? '',
  isReportOnly: event.disposition === 'report',
});

/** Every file that is fetched later lies beside this one, or is asked for by one that does. */
const ownFolder = new URL(/* @vite-ignore */ '.', import.meta.url).href;

const isOurs = (address: string): boolean => address.startsWith(ownFolder);

const violationFinding = (
  { directive, blocked, source }: ViolationDiagnosis,
  sample: string,
  backends: readonly string[],
): Finding | undefined => {
  if (directive.includes('trusted-types')) {
    const concerns = isOurs(source) || sample.includes('lit-html');
    return concerns ? finding('trusted-types-blocked', directive, `${directive}: ${sample}`) : undefined;
  }
  // A frame of another origin names the origin only
  const backend = backends.find((url) => blocked.startsWith(url) || blocked === new URL(url).origin);
  const isScript = directive.startsWith('script-src');
  if (backend !== undefined && !isScript) return finding('csp-blocks-backend', backend, directive);
  return isScript && (isOurs(source) || isOurs(blocked)) ? finding('csp-blocks-files', blocked, directive) : undefined;
};

/** Copies of the library on the page, by what they told when they were set up. */
export const examineCopies = (instances: readonly PageInstance[], prefix: string): readonly Finding[] => {
  const versions = versionsOf(instances);
  const places = [...new Set(instances.map(({ url }) => url))];
  const sharers = versionsOf(instances.filter((one) => one.prefix === prefix));
  if (sharers.length > 1) return [finding('prefix-shared', prefix, sharers.join(', '))];
  if (versions.length > 1) return [finding('several-versions', 'page', versions.join(', '))];
  return places.length > 1 ? [finding('several-copies', 'page', places.join(', '))] : [];
};

const versionsOf = (instances: readonly PageInstance[]): readonly string[] => [
  ...new Set(instances.map(({ version }) => version)),
];

/** @param provoke - Does what Trusted Types forbid, which such a page reports as a violation. */
export const examineTrustedTypes = (
  seen: readonly SecurityPolicyViolationEvent[],
  provoke: boolean,
): 'enforced' | 'not-enforced' | 'unknown' | 'unsupported' => {
  if (!('trustedTypes' in globalThis)) return 'unsupported';
  const name = 'require-trusted-types-for';
  const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[http-equiv="content-security-policy" i]')];
  const isSeen = seen.some(
    ({ effectiveDirective, disposition }) => effectiveDirective === name && disposition === 'enforce',
  );
  if (isSeen || metas.some(({ content }) => content.includes(name))) return 'enforced';
  if (!provoke) return 'unknown';
  try {
    new DOMParser().parseFromString('', 'text/html');
    return 'not-enforced';
  } catch {
    return 'enforced';
  }
};
