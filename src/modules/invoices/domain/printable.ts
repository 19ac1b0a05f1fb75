/** Control characters have no picture and no place in XML 1.0; tabs and line ends do. */
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;

/** A text for documents: of people's characters, and not empty. */
export function isPrintable(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !UNPRINTABLE.test(value);
}
