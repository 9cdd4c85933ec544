/**
 * What a person did to a field: gave a value, typed text that says none yet (it is kept as it was typed), or took a row
 * out of a list.
 */
export type Edit =
  | { readonly value: unknown }
  | { readonly text: string; readonly code: string; readonly params?: Readonly<Record<string, unknown>> }
  | { readonly removed: number };

/** @param path - JSON pointer to what was edited, `/subject` or `/emails/0/value`. */
export type OnEdit = (path: string, edit: Edit) => void;

/** What `kind.parse` says, as an edit. */
export const editOf = (
  text: string,
  read:
    | { readonly ok: true; readonly value: unknown }
    | { readonly ok: false; readonly code: string; readonly params?: Readonly<Record<string, unknown>> },
): Edit => (read.ok ? { value: read.value } : { text, code: read.code, ...(read.params && { params: read.params }) });
