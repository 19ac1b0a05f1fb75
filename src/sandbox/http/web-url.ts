/** The simulator sends browsers to http and https only, never to `javascript:` or the like. */
export function isWebUrl(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}
