import { isLoopback } from '../../shared/loopback';

/** Where a certificate is: one of the places that are allowed, and its name there. */
export interface CertificateUrl {
  /** Ends with a slash. */
  readonly place: string;
  readonly name: string;
}

/** `CERT-360caa42-fca2a594-1d93a270`: one segment of a path and no spelling of anything else. */
const NAME = /^[A-Za-z0-9][\w.-]{0,127}$/;

/**
 * Takes an address of a delivery apart; null when it is not in one of the places. Whoever chose the address
 * would choose the key, so nothing may follow the place but a plain name: such an address means what it says,
 * and no credentials, dots, ports, queries or escapes can make another one look like it.
 */
export function locateCertificate(text: string, places: readonly string[]): CertificateUrl | null {
  const place = places.find((candidate) => text.startsWith(candidate));
  if (place === undefined) return null;
  const name = text.slice(place.length);
  return NAME.test(name) ? { place, name } : null;
}

/** The places of a setting, each with a slash at its end; undefined when one of them is no place to trust. */
export function readCertificatePlaces(text: string): readonly string[] | undefined {
  const places = text.split(',').flatMap((place) => readPlace(place.trim()) ?? []);
  return places.length === text.split(',').length ? places : undefined;
}

function readPlace(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, origin, pathname, username, password, search, hash } = new URL(text);
  const isHere = isLoopback(hostname.replace(/^\[|\]$/g, ''));
  if (protocol !== 'https:' && !(protocol === 'http:' && isHere)) return null;
  if (`${username}${password}${search}${hash}` !== '') return null;
  return `${origin}${pathname.replace(/\/+$/, '')}/`;
}
