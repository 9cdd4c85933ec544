import type { Crm } from '../crm.ts';
import type { Surroundings } from './instance.ts';
import { crmEvent, errorDetail, type ErrorDetail } from '../frame/events.ts';
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
        script.dispatchEvent(crmEvent(`${options.prefix ?? 'crm'}-error`, detail));
      },
    };
    const crm = setUp(options, checkLater, () => stop());
    const stop = followTags(crm);
    return [crm];
  } catch (error) {
    // In the console and in `window.onerror`, where whoever wrote the tag looks
    reportError(error);
    return [];
  }
};

/** Sets up what the tags say that brought a file: usually one; several with different prefixes share it. */
export const startScripts = (file: string): readonly Crm[] => {
  const scripts = [...document.querySelectorAll('script')].filter(({ src }) => src === file);
  if (!scripts[0]) void import('./missing-tag.ts').then(({ tellMissingTag }) => tellMissingTag(file));
  return scripts.flatMap(startScript);
};
