const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const PLAIN = /[^,\]}\s]+/y;

/**
 * The text of one member of a JSON object exactly as it was sent: reading and writing it again would turn `1.0`
 * into `1`. The text has been parsed before, so it is known to be JSON; of a repeated name the last one counts.
 */
export function rawMember(text: string, name: string): string | undefined {
  let found: string | undefined;
  let at = text.indexOf('{') + 1;
  // Each turn moves forward by at least one member of a body whose size is limited.
  while (at < text.length) {
    const keyStart = skip(SPACE, text, at);
    if (text[keyStart] !== '"') return found;
    const keyEnd = skip(STRING, text, keyStart);
    const start = skip(SPACE, text, skip(SPACE, text, keyEnd) + 1);
    const end = valueEnd(text, start);
    if (JSON.parse(text.slice(keyStart, keyEnd)) === name) found = text.slice(start, end);
    at = skip(SPACE, text, end) + 1;
  }
  return found;
}

function valueEnd(json: string, start: number): number {
  if (json[start] === '"') return skip(STRING, json, start);
  if (json[start] !== '{' && json[start] !== '[') return skip(PLAIN, json, start);
  let depth = 0;
  let at = start;
  do {
    const character = json[at] ?? '}';
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
    at = character === '"' ? skip(STRING, json, at) : at + 1;
  } while (depth > 0);
  return at;
}

/** Where the pattern ends that begins here. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
