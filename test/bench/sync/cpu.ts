import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Milliseconds of user and system time so far. @see proc(5) */
  readonly work: number;
}

/** Of what belongs to the browser on a profile, milliseconds so far; 0 where there is no `/proc`. */
export const cpuOfBrowser = (profile: string): number => {
  const all = processes();
  const inside = new Set(all.filter(({ pid }) => commandOf(pid).includes(profile)).map(({ pid }) => pid));
  // children come after their parents as a rule, not always
  for (let before = -1; before !== inside.size;) {
    before = inside.size;
    for (const { pid, parent } of all) if (inside.has(parent)) inside.add(pid);
  }
  return all.reduce((sum, { pid, work }) => sum + (inside.has(pid) ? work : 0), 0);
};

const processes = (): readonly Process[] => {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? statOf(Number(name)) : []));
  } catch {
    return [];
  }
};

const statOf = (pid: number): readonly Process[] => {
  const fields = read(pid, 'stat').split(') ')[1]?.split(' ');
  if (!fields) return [];
  return [{ pid, parent: Number(fields[1]), work: (Number(fields[11]) + Number(fields[12])) * 10 }];
};

const commandOf = (pid: number): string => read(pid, 'cmdline');

/** A process may be gone by now. */
const read = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};
