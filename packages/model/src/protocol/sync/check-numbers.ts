import { invalid } from '../../invalid.ts';
import type { Mutation } from './messages.ts';

/** @throws {CrmError} `validation` where the numbers of a push do not follow each other: R10. */
export const checkNumbers = (mutations: readonly Pick<Mutation, 'mid'>[]): void =>
  mutations.forEach(({ mid }, index) => {
    const min = mutations[0]!.mid + index;
    if (mid !== min) throw invalid([{ path: `/mutations/${index}/mid`, code: 'range', params: { min } }]);
  });
