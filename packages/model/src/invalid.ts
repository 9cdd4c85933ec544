import { CrmError, type Issue } from './errors.ts';

/** The refusal of a record or an input: all issues at once. */
export const invalid = (issues: readonly Issue[]): CrmError =>
  new CrmError('validation', issues.map((issue) => `${issue.path || 'record'}: ${issue.code}`).join('; '), { issues });
