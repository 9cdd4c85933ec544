/** One line without surrounding or repeated white space. */
export const tidy = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');

/** The same for a part that may be missing; blank is missing. */
export const tidyPart = (text: string | null | undefined): string | null => tidy(text ?? '') || null;

/** The entries of a list as people type it: between commas, semicolons or line breaks. */
export const splitList = (text: string): readonly string[] =>
  text
    .split(/[,;\n]/)
    .map(tidy)
    .filter((entry) => entry !== '');
