import { Money } from '../../../../src/shared/money/money';
import { type GatewayUnderContract } from '../../suite/gateway';
import { describeProvider } from '../../suite/provider-contract';
import { ACME_KEY, AcmeGateway } from '../acme-gateway';
import { acmeAdapter } from './acme.provider';

/** Stands where the real key is only known once the gateway runs: of nobody, so nothing is genuine by it. */
const WEBHOOK_KEY = 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=';

const gateway: GatewayUnderContract = {
  title: 'Acme',
  adapter: acmeAdapter,
  settings: { API_KEY: ACME_KEY, MODE: 'sandbox', WEBHOOK_KEY },
  stranger: { API_KEY: 'key-of-somebody-else' },
  secrets: [ACME_KEY, 'key-of-somebody-else'],
  amount: Money.of(1050n, 'EUR'),
  payMethods: [],
  neverGiven: { payment: 'co-1', refund: 're-1' },
  start: () => AcmeGateway.start(),
};

describeProvider(gateway);
