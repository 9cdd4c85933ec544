import { defineElement, type ElementClass } from '../frame/define.ts';
import { frameCatalogue } from '../i18n/frame-catalogue.ts';
import { textsOf } from '../i18n/catalogue.ts';
import { version } from '../version.ts';
import { SignOutDialog } from './sign-out-dialog.ts';
import type { UnsentAnswer, UnsentQuestion } from './unsent-question.ts';

/** Milliseconds in which the question has to be there. */
const patience = 10_000;

/** Fetches the sentences while there is a network. @param locale - BCP 47. */
export const prepareAsking = async (locale: string): Promise<void> => {
  await textsOf([frameCatalogue, SignOutDialog], locale);
};

/**
 * Asks what becomes of what no server took.
 *
 * @param near - The part of the page that belongs to the instance, whose look it takes; the whole page unless given.
 * @param signal - Aborted when the question is one no more.
 * @returns Undefined where nobody can be asked: the page shows nothing of ours, or the question is one no more.
 */
export const askUnsent = async (
  question: UnsentQuestion,
  near: Element | undefined,
  signal: AbortSignal,
): Promise<UnsentAnswer | undefined> => {
  for (const place of [...(near?.isConnected ? [near] : []), document.body]) {
    const answer = await askIn(place, question, signal);
    if (answer) return answer;
  }
  return undefined;
};

const askIn = async (
  place: Element | null,
  question: UnsentQuestion,
  signal: AbortSignal,
): Promise<UnsentAnswer | undefined> => {
  const dialog = made(question.crm.prefix);
  if (!dialog || !place || signal.aborted) return undefined;
  const answer = dialog.ask(question);
  const withdrawn = new Promise<undefined>((resolve) =>
    signal.addEventListener('abort', () => resolve(undefined), { once: true }),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, patience, undefined);
  });
  try {
    place.append(dialog);
    if (!(await Promise.race([dialog.shown, withdrawn, late]))) return undefined;
    return await Promise.race([answer, withdrawn]);
  } finally {
    clearTimeout(timer);
    dialog.remove();
  }
};

/** Under a tag that no other version has; undefined where the page lets nobody define any. */
const made = (prefix: string): SignOutDialog | undefined => {
  const tag = `${prefix}-${SignOutDialog.element}-${version.replaceAll('.', '-')}`;
  const end = defineElement(SignOutDialog as unknown as ElementClass, tag, customElements, prefix);
  return end === 'conflict' ? undefined : (document.createElement(tag) as SignOutDialog);
};
