import { finding } from './finding.ts';

const files = new Set<string>();

/** Says where whoever wrote the tag looks, in the console and in `window.onerror`, that nothing will come of it. */
export const tellMissingTag = (file: string): void => {
  files.add(file);
  const { message, hint } = finding('script-tag-missing', file);
  reportError(new TypeError(`${message} ${hint}`));
};

/** Files that ran without a tag that names them. */
export const tagless = (): readonly string[] => [...files];
