import { paypalAdapter } from '../../../src/providers/paypal/paypal.provider';
import { payproAdapter } from '../../../src/providers/paypro/paypro.provider';
import { Money } from '../../../src/shared/money/money';
import { type GatewayUnderContract } from './gateway';
import { startSimulated } from './simulated-gateway';

const CLIENT_ID = 'contract-client';
const CLIENT_SECRET = 'contract-secret-that-nobody-may-see';
const WEBHOOK_ID = '1JE4291016473214C';
const PAYPRO_KEY = 'pp_contractContractContractContract1';
const PAYPRO_SECRET = 'ASecretOfThirtyTwoAlphanumerics0';

function paypal(api: 'orders_v2' | 'payments_v1'): GatewayUnderContract {
  const isV2 = api === 'orders_v2';
  const payments = isV2 ? '/v2/checkout/orders' : '/v1/payments/payment';
  return {
    title: isV2 ? 'PayPal by Orders v2' : 'PayPal by Payments v1',
    adapter: paypalAdapter,
    settings: { CLIENT_ID, CLIENT_SECRET, MODE: 'sandbox', API: api, WEBHOOK_ID },
    stranger: { CLIENT_SECRET: 'of-somebody-else' },
    secrets: [CLIENT_SECRET, btoa(`${CLIENT_ID}:${CLIENT_SECRET}`), 'A21AA', 'of-somebody-else'],
    amount: Money.of(1050n, 'EUR'),
    payMethods: [],
    neverGiven: {
      payment: isV2 ? '5O190127TN364715T' : 'PAYID-LUDYI4I48940927D4333325Y',
      refund: '0K35355239430361V',
    },
    start: () =>
      startSimulated({
        gateway: 'paypal',
        accounts: {
          paypalAccounts: [{ clientId: CLIENT_ID, secret: CLIENT_SECRET }],
          payproKeys: [],
        },
        webhook: { account: CLIENT_ID, id: WEBHOOK_ID },
        settings: ({ url, paypalCaPem }) => ({
          BASE_URL: `${url}/paypal`,
          WEBHOOK_CERT_URLS: `${url}/paypal/v1/notifications/certs`,
          WEBHOOK_CA: paypalCaPem,
        }),
        calls: {
          create: { method: 'POST', holds: payments },
          read: { method: 'GET', holds: payments },
          find: { method: 'GET', holds: payments },
          capture: { method: 'POST', holds: isV2 ? '/capture' : '/execute' },
          cancel: { method: 'POST', holds: '/void' },
          refund: { method: 'POST', holds: '/refund' },
        },
        refundStates: [],
      }),
  };
}

const paypro: GatewayUnderContract = {
  title: 'PayPro',
  adapter: payproAdapter,
  settings: { API_KEY: PAYPRO_KEY, WEBHOOK_SECRETS: PAYPRO_SECRET },
  stranger: { API_KEY: 'pp_of_somebody_else' },
  secrets: [PAYPRO_KEY, PAYPRO_SECRET, 'pp_of_somebody_else'],
  amount: Money.of(1050n, 'EUR'),
  payMethods: ['ideal'],
  neverGiven: { payment: 'PPNEVERGIVEN00', refund: 'PRNEVERGIVEN00' },
  start: () =>
    startSimulated({
      gateway: 'paypro',
      accounts: { paypalAccounts: [], payproKeys: [PAYPRO_KEY] },
      webhook: { account: PAYPRO_KEY, secret: PAYPRO_SECRET },
      settings: ({ url }) => ({ BASE_URL: `${url}/paypro` }),
      calls: {
        create: { method: 'POST', holds: '/payments' },
        read: { method: 'GET', holds: '/payments/' },
        find: { method: 'GET', holds: '/payments?' },
        capture: { method: 'POST', holds: '/capture' },
        cancel: { method: 'DELETE', holds: '/payments/' },
        refund: { method: 'POST', holds: '/refunds' },
      },
      refundStates: ['refunded'],
    }),
};

/** The gateways that Kassa comes with; those that are added bring their contract in their own folder. */
export const GATEWAYS: readonly GatewayUnderContract[] = [
  paypal('orders_v2'),
  paypal('payments_v1'),
  paypro,
];
