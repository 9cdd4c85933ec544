import type { Field } from '@tessera-crm/model/kind.js';
import { plainJson } from '@tessera-crm/model/plain-json.js';
import { displayOf, type ControlView } from './control-view.ts';
import { editOf } from './edit.ts';

/** What a person types right now; undefined when the focus is elsewhere. */
interface Typing {
  text: string | undefined;
  /** Whether there was an error to see when typing began: it then goes or stays with every key. */
  wasWrong: boolean;
}

const typingOf = ({ form, path }: Pick<ControlView, 'form' | 'path'>): Typing =>
  form.memory(path, 'typing', () => ({ text: undefined, wasWrong: false }));

/** Whether an error should wait until the person has finished typing. */
export const isStillTyping = (view: Pick<ControlView, 'form' | 'path'>): boolean => {
  const { text, wasWrong } = typingOf(view);
  return text !== undefined && !wasWrong;
};

const same = (a: unknown, b: unknown): boolean => plainJson(a) === plainJson(b);

/** The nicest text of a value that reads back to the very same value: formatted if possible, else as exports write it. */
export const friendlyText = (view: ControlView, value: unknown): string => {
  const { kind, options }: Field = view.field;
  const nice = kind.format(value, options, displayOf(view));
  const again = kind.parse(nice, options, view.form.reading);
  return again.ok && same(again.value, value) ? nice : kind.toText(value, options);
};

/** What an input shows: what is typed, else what was typed and says no value, else the value. */
export const shownText = (view: ControlView, format: (value: unknown) => string): string =>
  typingOf(view).text ??
  view.form.unread(view.path) ??
  (view.value === null || view.value === undefined ? '' : format(view.value));

/** Takes over what an input holds, key by key. */
export const typed = (
  view: ControlView,
  text: string,
  read = (one: string) => view.field.kind.parse(one, view.field.options, view.form.reading),
): void => {
  const typing = typingOf(view);
  if (typing.text === undefined) typing.wasWrong = view.isInvalid;
  typing.text = text;
  view.onEdit(view.path, editOf(text, read(text)));
};

/** The person has finished: from now on the value is shown as it was understood. */
export const settled = (view: ControlView): void => {
  const typing = typingOf(view);
  if (typing.text === undefined) return;
  typing.text = undefined;
  view.form.changed();
};
