/** `heading-level` of `headingLevel`: how attributes and custom properties are written. */
export const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
