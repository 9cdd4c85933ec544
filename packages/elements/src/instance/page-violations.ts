/** As many are kept as anybody reads. */
const most = 50;

export interface Violations {
  readonly seen: readonly SecurityPolicyViolationEvent[];
  stop(): void;
}

/** Keeps what the page's security policy forbids from now on: afterwards nobody can tell why something failed. */
export const watchViolations = (): Violations => {
  const seen: SecurityPolicyViolationEvent[] = [];
  const name = 'securitypolicyviolation';
  const see = (event: SecurityPolicyViolationEvent): void => void (seen.length < most && seen.push(event));
  // There is none where a server sets it up
  const page = globalThis.document as Document | undefined;
  page?.addEventListener(name, see);
  return { seen, stop: () => page?.removeEventListener(name, see) };
};
