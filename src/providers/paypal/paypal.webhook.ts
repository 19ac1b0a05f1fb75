import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { type PaymentProvider } from '../payment-provider';
import { type AdapterTools } from '../provider-adapter';
import { type SettingValues } from '../../shared/settings';
import { readCertificates } from './paypal.certificate-chain';
import { CERTIFICATE_BYTES_MAX, PayPalCertificates } from './paypal.certificates';
import { PayPalClient } from './paypal.client';
import { type paypalSettings } from './paypal.config';
import { PayPalNotifications } from './paypal.notifications';
import { type PayPalTokens } from './paypal.token';

/** Whom PayPal's signing certificates name. */
const COMMON_NAMES = {
  sandbox: 'messageverificationcerts.sandbox.paypal.com',
  live: 'messageverificationcerts.paypal.com',
} as const;

type Settings = Pick<
  SettingValues<typeof paypalSettings>,
  'MODE' | 'WEBHOOK_ID' | 'WEBHOOK_CERT_URLS' | 'WEBHOOK_CA'
>;

/**
 * The part of the provider that hears from PayPal; absent without a webhook. It calls through clients of its
 * own, so that strangers who send us nonsense cannot use up the calls or trip the breaker of payments.
 */
export function paypalNotifications(
  { MODE, WEBHOOK_ID, WEBHOOK_CERT_URLS, WEBHOOK_CA }: Settings,
  tools: AdapterTools,
  api: { readonly baseUrl: string; readonly tokens: PayPalTokens },
): Pick<PaymentProvider, 'notifications'> {
  if (WEBHOOK_ID === null) return {};
  const client = new PayPalClient(tools.openHttp({ baseUrl: api.baseUrl }), api.tokens);
  const places = new Map(
    WEBHOOK_CERT_URLS.map((place) => [place, openPlace(place, tools)] as const),
  );
  const certificates = new PayPalCertificates(places, tools.clock);
  const trust = { commonName: COMMON_NAMES[MODE], anchors: readAnchors(WEBHOOK_CA) };
  const webhook = { id: WEBHOOK_ID, places: WEBHOOK_CERT_URLS, trust };
  return {
    notifications: new PayPalNotifications({ client, certificates, clock: tools.clock }, webhook),
  };
}

function openPlace(place: string, { openHttp }: AdapterTools) {
  const baseUrl = place.replace(/\/$/, '');
  return openHttp({ baseUrl, answerBytesMax: CERTIFICATE_BYTES_MAX });
}

function readAnchors(pem: string | null): readonly X509Certificate[] {
  if (pem !== null) return readCertificates(pem) ?? [];
  return rootCertificates.map((root) => new X509Certificate(root));
}
