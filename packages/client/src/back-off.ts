/** Milliseconds to wait after so many failures in a row: doubling from 1 s to 60 s, halved at most by chance. */
export const backOff = (failures: number): number => Math.min(60_000, 500 * 2 ** failures) * (0.5 + Math.random() / 2);
