import { isPrintable } from './printable';

export const DESCRIPTION_MAX = 500;
/** Each costs a row on paper: a heavy invoice still prints in a second or two. */
export const LINE_BREAKS_MAX = 10;
/** Whatever begins a new row on the page. */
const LINE_BREAK = /\r\n|[\n\r\u0085\u2028\u2029]/g;

/** Whether a line of an invoice may say that it is for this. */
export function isDescription(value: unknown): value is string {
  if (!isPrintable(value) || value.length > DESCRIPTION_MAX) return false;
  return (value.match(LINE_BREAK) ?? []).length <= LINE_BREAKS_MAX;
}
