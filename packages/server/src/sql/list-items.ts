/**
 * The items of a list, as its key lies in a column: between line breaks. Written the same in indexes and in statements,
 * so that the database sees that one serves the other.
 */
export const itemsOf = (column: string): string => `string_to_array(btrim(${column}, E'\\n'), E'\\n')`;
