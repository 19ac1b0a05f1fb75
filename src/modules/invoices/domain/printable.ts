/**
 * Control characters have no picture and no place in XML 1.0; tabs and line ends do. Those that turn the direction of
 * writing (U+202A to U+202E, U+2066 to U+2069) let a document show something else than it says.
 */
const UNPRINTABLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/;

/** A text for documents: of people's characters, and not empty. */
export function isPrintable(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !UNPRINTABLE.test(value);
}
