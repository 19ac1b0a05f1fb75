/** The library that verifies tokens is an ES module alone, which a program that is none loads when it needs it. */
export function loadJose() {
  return import('jose');
}

type Jose = Awaited<ReturnType<typeof loadJose>>;

/** Finds the key in the issuer's set with which a token was signed. */
export type KeySet = ReturnType<Jose['createLocalJWKSet']>;

/** What a token says in its header, and the token as it came. */
export type KeyRequest = Parameters<KeySet>;

/** What a verified token claims. */
export type Claims = Awaited<ReturnType<Jose['jwtVerify']>>['payload'];
