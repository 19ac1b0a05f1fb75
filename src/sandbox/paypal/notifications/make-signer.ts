import 'reflect-metadata';
import { KeyObject, randomUUID, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { type Store } from '../../state/store';
import { type PayPalSigner } from './signer';

/** Whom receivers expect the certificate to be made out to. */
const SIGNER_NAME = 'CN=messageverificationcerts.sandbox.paypal.com, O=Simulated PayPal';
const CA_NAME = 'CN=Test CA of the simulator, O=Simulated PayPal';
/** Wide enough for every clock that the switches allow. */
const VALID = {
  notBefore: new Date('2020-01-01T00:00:00Z'),
  notAfter: new Date('2049-12-31T00:00:00Z'),
};
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};
const EC = { name: 'ECDSA', namedCurve: 'P-256' };
const EC_SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' };

/** Of all simulators of this process: an RSA key costs a quarter of a second of processor time. */
let made: Promise<PayPalSigner> | null = null;

/** The signer that the data file holds; the first start makes one and stores it. */
export async function signerOf(store: Store): Promise<PayPalSigner> {
  if (store.paypalSigner) return store.paypalSigner;
  made ??= makeSigner().catch((error: unknown) => {
    made = null;
    throw error;
  });
  const signer = await made;
  store.commit({ kind: 'paypal.signer', value: signer });
  await store.durable();
  return signer;
}

/** A test CA and a certificate of its making; the CA's key is forgotten. */
async function makeSigner(): Promise<PayPalSigner> {
  cryptoProvider.set(webcrypto);
  const [caKeys, keys] = await Promise.all([
    webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']),
    webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify']),
  ]);
  const ca = await X509CertificateGenerator.createSelfSigned({
    ...VALID,
    serialNumber: '01',
    name: CA_NAME,
    keys: caKeys,
    signingAlgorithm: EC_SIGNATURE,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  const certificate = await X509CertificateGenerator.create({
    ...VALID,
    serialNumber: '02',
    subject: SIGNER_NAME,
    issuer: ca.subject,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    signingAlgorithm: EC_SIGNATURE,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    ],
  });
  return {
    certificateId: `CERT-${randomUUID()}`,
    certificate: certificate.toString('pem'),
    ca: ca.toString('pem'),
    privateKey: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
