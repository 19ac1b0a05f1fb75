import { type Documentation } from '../../platform/http/documented';
import { showing } from '../../shared/app-error';
import * as errors from '../providers.errors';
import { PayMethodListResponse, type PayMethodResponse } from './pay-method.response';
import { ProviderListResponse, type ProviderResponse } from './provider.response';

const example: ProviderResponse = {
  id: 'paypro',
  type: 'provider',
  adapter: 'paypro',
  name: 'PayPro',
  mode: 'sandbox',
  default: false,
  capabilities: {
    approve: 'read_back',
    cancel: 'provider',
    holds: false,
    refund: true,
    setup_mandate: true,
    mandate: true,
    customers: true,
    pay_method_limits: true,
    notifications: true,
    find_by_reference: true,
    return_ids: 'ours',
    needs_return_urls: false,
    repeat: { create_s: 0, capture_s: 0, cancel_s: 86_400 },
    approval_window_s: null,
  },
  currencies: [{ currency: 'EUR', decimals: 2, minimum_amount: null, maximum_amount: null }],
  pay_methods: [
    'afterpay',
    'bancontact',
    'bank-transfer',
    'creditcard',
    'direct-debit',
    'ideal',
    'ideal-qr',
    'klarna-paynow',
    'paypal',
  ],
  health: { status: 'ok', detail: null, checked_at: '2026-11-20T09:00:00.000Z' },
};

export const list: Documentation = {
  operationId: 'listProviders',
  summary: 'List the providers and what each one can do',
  description: 'The configured accounts, their limits, and whether they answer right now.',
  answers: [
    {
      status: 200,
      description: 'Every configured account.',
      type: ProviderListResponse,
      example: { type: 'list', data: [example], count: 1 },
    },
  ],
};

const ideal: PayMethodResponse = {
  id: 'ideal',
  type: 'pay_method',
  provider: 'paypro',
  name: 'iDEAL',
  currencies: ['EUR'],
  currency: 'EUR',
  minimum_amount: 10,
  minimum_amount_decimal: '0.10',
  maximum_amount: 5_000_000,
  maximum_amount_decimal: '50000.00',
};

export const accountParam = {
  name: 'id',
  description: 'The provider account, from `GET /api/providers`.',
  example: 'paypro',
};

const noList = showing(errors.unsupportedByProvider, {
  detail: 'PayPal (paypal) does not list its pay methods.',
});

export const payMethods: Documentation = {
  operationId: 'listPayMethods',
  summary: 'List the pay methods of an account and their limits',
  description:
    'Asked at the provider now: what is switched on for the account, and how much one payment may be. A payment ' +
    'that names `pay_methods` is refused by this list before anything is sent.',
  answers: [
    {
      status: 200,
      description: 'All of them, on one page.',
      type: PayMethodListResponse,
      example: {
        type: 'list',
        data: [ideal],
        count: 1,
        _links: { self: 'https://pay.example.com/api/providers/paypro/pay-methods' },
      },
    },
  ],
  errors: [
    errors.providerNotFound,
    noList,
    errors.providerRefused,
    errors.providerAccountProblem,
    errors.providerUnavailable,
  ],
};
