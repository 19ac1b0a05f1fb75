import 'reflect-metadata';
import { type PaymentProvider } from '../../../src/providers/payment-provider';
import { ProviderRegistry } from '../../../src/providers/provider-registry';
import { replaceMethod } from './replace-method';

const DAY_MS = 24 * 3_600_000;

/** A create without an answer is looked for, and sent once more where it is not found. */
function withResend(provider: PaymentProvider): PaymentProvider {
  const { capabilities, payments } = provider;
  return {
    ...provider,
    capabilities: { ...capabilities, repeat: { ...capabilities.repeat, createMs: DAY_MS } },
    payments: {
      ...payments,
      create: async (order) => {
        const search = { reference: order.reference, createdAfter: new Date(Date.now() - DAY_MS) };
        const found = await payments.find?.(search);
        return found?.outcome === 'done' ? found : payments.create(order);
      },
    },
  };
}

replaceMethod(ProviderRegistry, 'get', (original) => (self, account) => {
  const provider = original(self, account);
  return provider.type === 'paypro' ? withResend(provider) : provider;
});
