import { X509Certificate } from 'node:crypto';

/** The root certificates of Node.js are some 150; longer texts are not read. */
const CERTIFICATES_MAX = 300;
/** Public chains have one or two intermediates. */
const CHAIN_LENGTH_MAX = 6;

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** What a certificate must be to count as PayPal's. */
export interface Trust {
  /** Exactly as in the subject of the certificate. */
  readonly commonName: string;
  readonly anchors: readonly X509Certificate[];
}

/** The certificates of a PEM text in their order; null when there is none or one cannot be read. */
export function readCertificates(pem: string): readonly X509Certificate[] | null {
  const texts = pem.match(PEM) ?? [];
  if (texts.length === 0 || texts.length > CERTIFICATES_MAX) return null;
  try {
    return texts.map((text) => new X509Certificate(text));
  } catch {
    return null;
  }
}

/**
 * Whether the first certificate bears the name and descends from an anchor by way of the others, everything
 * within its dates at that time.
 */
export function isTrusted(
  certificates: readonly X509Certificate[],
  { commonName, anchors }: Trust,
  at: Date,
): boolean {
  const [leaf, ...intermediates] = certificates;
  if (!leaf || !bearsName(leaf, commonName)) return false;
  let current: X509Certificate | undefined = leaf;
  for (let length = 0; length < CHAIN_LENGTH_MAX && current; length++) {
    const child: X509Certificate = current;
    if (!isValidAt(child, at)) return false;
    if (anchors.some((anchor) => isIssuer(anchor, child) && isValidAt(anchor, at))) return true;
    current = intermediates.find((candidate) => candidate !== child && isIssuer(candidate, child));
  }
  return false;
}

function bearsName({ subject }: X509Certificate, commonName: string): boolean {
  const names = subject.split('\n').filter((line) => line.startsWith('CN='));
  return names.length === 1 && names[0] === `CN=${commonName}`;
}

/** The name alone proves nothing: the issuer must be allowed to issue, and its key must fit the signature. */
function isIssuer(issuer: X509Certificate, child: X509Certificate): boolean {
  try {
    return issuer.ca && child.checkIssued(issuer) && child.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

function isValidAt({ validFrom, validTo }: X509Certificate, at: Date): boolean {
  return Date.parse(validFrom) <= at.getTime() && at.getTime() <= Date.parse(validTo);
}
