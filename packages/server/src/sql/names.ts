import { createHash } from 'node:crypto';

/** PostgreSQL cuts longer names off without a word. */
const maxLength = 63;

/** `accountContacts` → `account_contacts`. Here, and nowhere else, names of the model become names of the database. */
export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const tableName = (module: string): string => `m_${snake(module)}`;

/** The view through which a table is reached: its rows of one tenant. */
export const viewName = (table: string): string => `v_${table}`;

/** Two underscores keep the second column of `name` apart from a field called `nameKey`. */
export const columnName = (field: string, suffix: string): string =>
  suffix === '' ? snake(field) : `${snake(field)}__${suffix}`;

/** A name that says what the index is of; long ones end in a hash. */
export const indexName = (table: string, columns: readonly string[], kind: 'index' | 'unique'): string => {
  const name = `${table}_${columns.join('_')}_${kind === 'unique' ? 'key' : 'idx'}`;
  return name.length <= maxLength
    ? name
    : `${name.slice(0, maxLength - 9)}_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
};

/** A name as it stands in a statement. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
