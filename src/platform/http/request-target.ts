/** What stands before the path in an absolute-form target, `GET http://pay.example/api/payments`; as the router sees it. */
const ORIGIN = /^https?:\/\/[^/]*(?=\/)/;

/** The target of a request as path and query, however it was sent. RFC 9112, section 3.2. */
export function originFormOf(target: string): string {
  const path = target.replace(ORIGIN, '');
  return path.startsWith('/') ? path : `/${path}`;
}

/** The path of a request's target as the router reads it: `%70` is a `p`, but `%2F` is no slash. */
export function decodedPathOf(target: string): string {
  const path = originFormOf(target).replace(/[?#].*$/s, '');
  try {
    return decodeURI(path);
  } catch {
    // The router refuses it, which is told as well.
    return path;
  }
}
