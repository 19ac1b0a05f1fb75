import { type Documentation } from '../../platform/http/documented';
import { ProviderListResponse, type ProviderResponse } from './provider.response';

const example: ProviderResponse = {
  id: 'paypal',
  type: 'provider',
  adapter: 'paypal',
  name: 'PayPal',
  mode: 'sandbox',
  default: true,
  capabilities: {
    approve: 'capture',
    cancel: 'local',
    refund: false,
    setup_mandate: false,
    mandate: false,
    customers: false,
    notifications: false,
    find_by_reference: false,
    repeat: { create_s: 18_000, capture_s: 18_000, cancel_s: 0 },
    approval_window_s: 10_800,
  },
  currencies: [
    { currency: 'EUR', decimals: 2, minimum_amount: 1, maximum_amount: 999_999_999_999 },
  ],
  pay_methods: ['paypal'],
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
