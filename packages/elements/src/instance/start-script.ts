import { createCrm, type Crm } from '../crm.ts';
import type { ErrorDetail } from '../frame/events.ts';
import { followTags } from './follow-tags.ts';
import { readScript } from './read-script.ts';
import { reserveSpace } from './reserved-space.ts';

/** What the script tag says of any error: as elements do, and the tag of the element. */
interface ScriptErrorDetail extends ErrorDetail {
  readonly element: string;
}

/** Sets up what a script tag says: room for its elements, and their code when they are there. None if it cannot be. */
export const startScript = (script: HTMLScriptElement): readonly Crm[] => {
  try {
    const crm = createCrm({
      ...readScript(script),
      onError: (error, element) => {
        const { code, message, hint, retryable } = error;
        const detail: ScriptErrorDetail = { code, message, hint, retryable, element, error: () => error };
        script.dispatchEvent(new CustomEvent(`${crm.prefix}-error`, { detail, bubbles: true }));
      },
    });
    const release = reserveSpace(crm.prefix);
    const stop = followTags(crm.prefix, (name) => void crm.define(name));
    const end = crm.destroy.bind(crm);
    const destroy = (): Promise<void> => {
      release();
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
