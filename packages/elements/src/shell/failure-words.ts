import { localeOf } from '../frame/locale.ts';
import { sentence, textsOf, type Messages } from '../i18n/catalogue.ts';
import { frameCatalogue } from '../i18n/frame-catalogue.ts';
import type { Failure } from './failure.ts';

const rules =
  '.failure{display:flex;flex-wrap:wrap;align-items:center;justify-content:center;align-content:center;gap:8px;padding:16px}' +
  'button{font:inherit;color:inherit;background:none;border:1px solid;border-radius:6px;padding:4px 12px;cursor:pointer}' +
  'button:focus-visible{outline:2px solid;outline-offset:2px}';

/** Says what happened, in the person's language and the page's own words. */
export const sayFailure = ({ root, box, settings }: Failure, button: HTMLElement): void => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  root.adoptedStyleSheets.push(sheet);
  const text = document.createElement('span');
  box.setAttribute('role', 'status');
  box.setAttribute('part', 'message');
  button.setAttribute('part', 'retry');
  box.prepend(text);
  const locale = localeOf(root.host, settings.locale);
  const own = settings.messages?.[locale] ?? settings.messages?.[locale.split('-')[0]!];
  const say = (texts: Messages): void => {
    const words = { ...texts, ...own };
    text.textContent = sentence(words['frame.error']!, {}, locale);
    button.textContent = sentence(words['frame.retry']!, {}, locale);
  };
  say(frameCatalogue.messages);
  void Promise.resolve(textsOf([frameCatalogue], locale)).then(say, () => {});
};
