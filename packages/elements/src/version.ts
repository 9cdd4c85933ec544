/** Of this package, as npm knows it; `npm run version-packages` writes it anew. */
export const version = '0.1.0';
