import type { Crm } from '../crm.ts';
import type { Surroundings } from './instance.ts';
import { errorDetail, type ErrorDetail } from '../frame/events.ts';
import { followTags } from './follow-tags.ts';
import type { CrmOptions } from './options.ts';
import { readScript } from './read-script.ts';
import { setUp } from './set-up.ts';

/** No page waits for the sentences about what is wrong; they come into the console. */
const checkLater: Surroundings['check'] = (...options) =>
  void import('./check-options.ts').then(({ checkOptions }) => checkOptions(...options)).catch(reportError);

/** What the script tag says of any error: as elements do, and the tag of the element. */
interface ScriptErrorDetail extends ErrorDetail {
  readonly element: string;
}

/** Sets up what a script tag says: its tags at once, their code when their elements are wanted. None if it cannot be. */
export const startScript = (script: HTMLScriptElement): readonly Crm[] => {
  try {
    const options: CrmOptions = {
      ...readScript(script),
      onError: (error, element) => {
        const detail: ScriptErrorDetail = { ...errorDetail(error), element };
        script.dispatchEvent(new CustomEvent(`${options.prefix ?? 'crm'}-error`, { detail, bubbles: true }));
      },
    };
    const crm = setUp(options, checkLater);
    const stop = followTags(crm);
    const end = crm.destroy.bind(crm);
    const destroy = (): Promise<void> => {
      stop();
      return end();
    };
    return [Object.assign(crm, { destroy })];
  } catch (error) {
    // In the console and in `window.onerror`, where whoever wrote the tag looks
    reportError(error);
    return [];
  }
};
