import 'reflect-metadata';
import { createSign, KeyObject, webcrypto, type webcrypto as WebCrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** Too short for anything but tests: dozens are made, and longer ones would take seconds. */
const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 1024,
};

let serialNumber = 0;

export interface CertificateWish {
  readonly commonName: string;
  readonly isAuthority?: boolean;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** A certificate with its key, which can sign bytes and, where it is an authority, other certificates. */
export class Certified {
  private constructor(
    readonly pem: string,
    private readonly commonName: string,
    private readonly keys: WebCrypto.CryptoKeyPair,
  ) {}

  /** Signed by itself. */
  static root(wish: CertificateWish): Promise<Certified> {
    return Certified.make({ isAuthority: true, ...wish }, null);
  }

  issue(wish: CertificateWish): Promise<Certified> {
    return Certified.make(wish, this);
  }

  /** RSA with SHA-256, in base 64. */
  sign(message: string): string {
    const key = KeyObject.from(this.keys.privateKey);
    return createSign('RSA-SHA256').update(message).sign(key, 'base64');
  }

  private static async make(wish: CertificateWish, issuer: Certified | null): Promise<Certified> {
    x509.cryptoProvider.set(webcrypto);
    const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: String(++serialNumber).padStart(2, '0'),
      subject: `O=Somebody, CN=${wish.commonName}`,
      issuer: `O=Somebody, CN=${issuer?.commonName ?? wish.commonName}`,
      notBefore: wish.notBefore ?? new Date('2025-01-01T00:00:00Z'),
      notAfter: wish.notAfter ?? new Date('2035-01-01T00:00:00Z'),
      signingAlgorithm: ALGORITHM,
      publicKey: keys.publicKey,
      signingKey: (issuer?.keys ?? keys).privateKey,
      extensions: [new x509.BasicConstraintsExtension(wish.isAuthority ?? false)],
    });
    return new Certified(certificate.toString('pem'), wish.commonName, keys);
  }
}
