/** Whether deals that get there are done with. */
export const isClosedStage = (kind: string | null): boolean | null => (kind === null ? null : kind !== 'open');
