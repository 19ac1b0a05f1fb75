import { accountContract } from './account';
import { ContractBench } from './bench';
import { type GatewayUnderContract, openProvider } from './gateway';
import { notificationContract } from './notifications';
import { paymentContract } from './payments';
import { refundContract } from './refunds';
import { troubleContract } from './trouble';

/**
 * What the port promises, whatever the gateway: each sentence is one test, over real HTTP against the gateway as its
 * documentation describes it. What the adapter declares decides which sentences there are, so building it without a
 * network comes first.
 */
export function describeProvider(subject: GatewayUnderContract): void {
  const declared = openProvider(subject);
  const bench = new ContractBench(subject);

  describe(`the contract of a provider, kept by ${subject.title}`, () => {
    beforeAll(() => bench.start());
    beforeEach(() => bench.renew());
    afterAll(() => bench.close());

    accountContract(bench, declared);
    paymentContract(bench, declared);
    troubleContract(bench, declared);
    refundContract(bench, declared);
    notificationContract(bench, declared);
  });
}
