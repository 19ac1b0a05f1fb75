/** The first version of the API writes times without fractions of a second. */
export function inSeconds(at: string): string {
  return `${at.slice(0, 19)}Z`;
}
