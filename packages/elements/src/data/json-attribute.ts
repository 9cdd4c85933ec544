/**
 * Reads an attribute that holds an object in JSON.
 *
 * @param unreadable - What text that holds none stands for: it must not be the same as nothing, which asks for everything.
 */
export const jsonAttribute = <T extends object>(unreadable: (text: string) => T) => ({
  fromAttribute: (text: string | null): T | undefined => {
    if (!text) return undefined;
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as T;
    } catch {}
    return unreadable(text);
  },
});

/** A filter by a field that no module has: every store refuses it, and names it. */
export const noSuchField = (name: string) => ({ [name]: null });
