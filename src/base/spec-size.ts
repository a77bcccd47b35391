/** Longest spec, in characters. */
export const maximumSpecLength = 1024 * 1024;
/** Larger files are no specs, and are not read: a character has at most four bytes. */
export const maximumSpecBytes = 4 * maximumSpecLength;
