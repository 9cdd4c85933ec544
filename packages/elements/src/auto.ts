// The whole set-up of a page in one tag:
//
//   <script type="module" blocking="render" src="…/auto.js" data-backend="/crm" data-token-url="/crm-token"></script>
//
// Elements in the page, now or later, get their code when they are there; until then their room is kept free. That
// begins when this file has run: in the head with `blocking="render"`, or with `reserve.css` beside it where a browser
// does not know that attribute, nothing of the page ever moves.
import { createCrm, type Crm } from './crm.ts';
import { followTags } from './instance/follow-tags.ts';
import { readScript } from './instance/read-script.ts';
import { reserveSpace } from './instance/reserved-space.ts';

/** The tags that brought us: usually one; several with different prefixes share this file. */
const scripts = [...document.scripts].filter(({ src }) => src === import.meta.url);

const start = (script: HTMLScriptElement): Crm | undefined => {
  try {
    const crm = createCrm({
      ...readScript(script),
      onError: (error, element) =>
        script.dispatchEvent(new CustomEvent('crm-error', { detail: { error, element }, bubbles: true })),
    });
    const release = reserveSpace(crm.prefix);
    const stop = followTags(crm.prefix, (name) => void crm.define(name));
    const end = crm.destroy.bind(crm);
    const destroy = (): Promise<void> => {
      release();
      stop();
      return end();
    };
    return Object.assign(crm, { destroy });
  } catch (error) {
    // In the console and in `window.onerror`, where whoever wrote the tag looks
    reportError(error);
    return undefined;
  }
};

/** The instances of the tags, for a page that wants to `update` them or sign out. */
export const instances: readonly Crm[] = scripts.map(start).filter((crm) => crm !== undefined);
