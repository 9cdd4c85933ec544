/** What the scripts of the pages, and `installFinding`, keep for the suite. */
interface HostilePage {
  readonly errors: string[];
  readonly violations: string[];
  readonly events: { readonly type: string; readonly target: string; readonly id?: string; readonly code?: string }[];
  readonly timers: Set<number>;
  readonly instances: HostilePageCrm[];
  readonly before: { readonly styles: HostilePageStyles; readonly traces: HostilePageTraces };
  readonly createCrm: (options: Readonly<Record<string, unknown>>) => HostilePageCrm;
  styles(): HostilePageStyles;
  traces(): HostilePageTraces;
  all(root?: ParentNode): Element[];
  find(id: string, role: string, name: string): Element | undefined;
  roleOf(one: Element): string;
  nameOf(one: Element): string;
  text(id: string): string;
  pwned?: number;
  [own: string]: unknown;
}

/** Of an instance, what the suite calls. */
interface HostilePageCrm {
  readonly prefix: string;
  define(...names: string[]): Promise<unknown>;
  update(options: Readonly<Record<string, unknown>>): void;
  setIdentity(identity: string | undefined): void;
  signOut(options?: { readonly purge?: boolean }): Promise<void>;
  diagnostics(): Promise<HostilePageDiagnosis>;
  destroy(): Promise<void>;
}

interface HostilePageDiagnosis {
  readonly findings: readonly { readonly code: string; readonly message: string }[];
  readonly elements: readonly { readonly tag: string; readonly isRendered: boolean }[];
  readonly [fact: string]: unknown;
}

type HostilePageStyles = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface HostilePageTraces {
  readonly globals: readonly string[];
  readonly sheets: number;
  readonly head: number;
  readonly body: number;
  readonly attributes: readonly string[];
  readonly listeners: readonly string[];
}

/** What `page/watch.js` defines on every page of the suite. */
declare const hostile: HostilePage;
