import { createCrm, type Crm } from '../crm.ts';
import { followTags } from './follow-tags.ts';
import { readScript } from './read-script.ts';

/** Sets up what a script tag says: its tags at once, their code when their elements are wanted. None if it cannot be. */
export const startScript = (script: HTMLScriptElement): readonly Crm[] => {
  try {
    const crm = createCrm({
      ...readScript(script),
      onError: (error, element) =>
        script.dispatchEvent(new CustomEvent('crm-error', { detail: { error, element }, bubbles: true })),
    });
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
