import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { PayerAtProvider } from '../../src/modules/payments/actions/payer-at-provider';
import { PaymentsRepository } from '../../src/modules/payments/storage/payments.repository';
import { type Caller } from '../../src/platform/auth/caller';
import { Database } from '../../src/platform/database/database';
import { ProviderRegistry } from '../../src/providers/provider-registry';
import { newId, readId } from '../../src/shared/id';
import { Money } from '../../src/shared/money/money';
import { startTestApp, type TestApp } from '../support/app';
import { openParts } from '../support/integration-parts';
import * as mandates from '../support/mandates';
import { sandboxOf } from '../support/sandbox';

const STRANGER: Caller = { subject: 'test-other', role: 'user' };

/** What stands behind the first checks, which may have seen another owner than there is by now. */
describe('who pays', () => {
  let app: TestApp;
  let parts: NestFastifyApplication;
  beforeAll(async () => {
    app = await startTestApp();
    parts = await openParts(app);
  });
  afterAll(async () => {
    await parts?.close();
    await app?.close();
  });

  it('is not found out for a stranger, who gets no payer to go on with', async () => {
    const customer = await mandates.newCustomer(app);
    const mandate = await mandates.makeMandate(app, customer);
    const provider = parts.get(ProviderRegistry).get('paypro');
    const payer = { caller: STRANGER, customerId: readId('cus', customer), setupMandate: false };
    await sandboxOf(app).clearCalls();
    await expect(
      parts.get(PayerAtProvider).execute({ ...payer, mandate }, provider),
    ).rejects.toMatchObject({ code: 'customer_forbidden' });
    expect(await sandboxOf(app).calls()).toEqual([]);
    await expect(
      parts.get(PayerAtProvider).execute({ ...payer, customerId: null, mandate }, provider),
    ).rejects.toMatchObject({ code: 'mandate_unknown' });
  });

  it('is somebody where no staff asks: no intent is stored without a customer', async () => {
    const started = (caller: Caller) =>
      parts.get(PaymentsRepository).insertWithIntent(parts.get(Database), intentOf(caller));
    expect(await started(STRANGER)).toEqual({ kind: 'no_access' });
    expect(await started({ ...STRANGER, role: 'staff' })).toMatchObject({ kind: 'started' });
  });
});

function intentOf(caller: Caller) {
  const id = newId();
  return {
    id,
    account: 'paypro',
    chosenBecause: 'requested' as const,
    customerId: null,
    subject: null,
    providerCustomer: 'CUSTRANGER',
    amount: Money.of(1000n, 'EUR'),
    description: null,
    returnUrl: null,
    cancelUrl: null,
    payMethods: [],
    setupMandate: false,
    mandate: 'MDSTRANGER',
    autoApprove: false,
    captureMethod: 'automatic' as const,
    locale: null,
    metadata: {},
    caller,
    operationId: newId(),
    operationKind: 'charge' as const,
    providerKey: `payer-${id}`,
    requestHash: 'payer',
    claim: null,
    events: [],
  };
}
