import type { Cache } from '@tessera-crm/cache';

/** Told how many more records were not as the server has them, as often as there are any. */
export const tellDrift = ({ status }: Pick<Cache, 'status'>, tell: (count: number) => void): void => {
  let told = status.current.drifted;
  status.subscribe(({ drifted }) => {
    const more = drifted - told;
    told = drifted;
    if (more > 0) tell(more);
  });
};
