/** At most so many UTF-16 units, which is the stricter way to count, and never half a character. */
export function cut(text: string, lengthMax: number): string {
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > lengthMax) break;
    kept += character;
  }
  return kept;
}
