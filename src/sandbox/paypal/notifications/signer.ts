/** What PayPal signs notifications with, and what receivers check the signatures against. All in PEM. */
export interface PayPalSigner {
  /** The last part of the certificate's address, such as `CERT-360caa42-fca2a594-1d93a270`. */
  certificateId: string;
  certificate: string;
  ca: string;
  privateKey: string;
}
