// The whole set-up of a page in one tag:
//
//   <script type="module" blocking="render" src="…/auto.js" data-backend="/crm" data-token-url="/crm-token"></script>
//
// Elements in the page, now or later, get their code when they are there; until then their room is kept free. That
// begins when this file has run: in the head with `blocking="render"`, or with `reserve.css` beside it where a browser
// does not know that attribute, nothing of the page ever moves.
import type { Crm } from './crm.ts';
import { startScript } from './instance/start-script.ts';

/** The tags that brought us: usually one; several with different prefixes share this file. */
const scripts = [...document.querySelectorAll('script')].filter(({ src }) => src === import.meta.url);

/** The instances of the tags, for a page that wants to `update` them or sign out. */
export const instances: readonly Crm[] = scripts.flatMap(startScript);

if (!scripts[0]) void import('./instance/missing-tag.ts').then(({ tellMissingTag }) => tellMissingTag(import.meta.url));
