import type { OutgoingFile } from '@tessera-crm/model/outgoing-file.js';
import { readableJson } from '@tessera-crm/model/plain-json.js';

/** Hands a person all that is unsent or refused, as a file of JSON that can be read. @returns What it is called. */
export const saveAsFile = (content: OutgoingFile, prefix: string): string => {
  const moment = content.savedAt.slice(0, 16).replaceAll(/[T:]/g, '-');
  const name = `${prefix}-unsent-${moment}.json`;
  const address = URL.createObjectURL(new Blob([readableJson(content)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read it only after this task
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return name;
};
