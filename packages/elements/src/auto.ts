// The whole set-up of a page in one tag:
//
//   <script type="module" blocking="render" src="…/auto.js" data-backend="/crm" data-token-url="/crm-token"></script>
//
// Elements in the page, now or later, get their code when they are there; until then their room is kept free. That
// begins when this file has run: in the head with `blocking="render"`, or with `reserve.css` beside it where a browser
// does not know that attribute, nothing of the page ever moves.
import type { Crm } from './crm.ts';
import { startScripts } from './instance/start-script.ts';

/** The instances of the tags that brought us, for a page that wants to `update` them or sign out. */
export const instances: readonly Crm[] = startScripts(import.meta.url);
