import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { paymentEvent } from '../../src/modules/payments/payments.events';
import { PaymentQueries } from '../../src/modules/payments/queries/payment-queries';
import {
  PaymentsRepository,
  StaleWriteError,
} from '../../src/modules/payments/storage/payments.repository';
import { Database } from '../../src/platform/database/database';
import { startTestApp, type TestApp } from '../support/app';
import { openParts, uuidOf } from '../support/integration-parts';
import { makePayment } from '../support/payments';
import { textOf } from '../support/read';

describe('a change of a payment that was changed meanwhile', () => {
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

  const stored = (id: string) =>
    app.query(
      `SELECT p.state, p.version, o.state AS operation,
         (SELECT count(*)::int FROM payments.state_changes c WHERE c.payment_id = p.id) AS changes,
         (SELECT count(*)::int FROM platform.events e WHERE e.subject_id = p.id) AS events
       FROM payments.payments p JOIN payments.operations o ON o.payment_id = p.id WHERE p.id = $1`,
      [uuidOf(id)],
    );

  it('writes nothing: no state, no history, no event, and the operation stays unsettled', async () => {
    const { id } = await makePayment(app, 'paypal');
    const [operation] = await app.query(
      `UPDATE payments.operations SET state = 'unsettled', settled_at = NULL,
         next_attempt_at = now() + interval '1 hour' WHERE payment_id = $1 RETURNING id`,
      [uuidOf(id)],
    );
    const payment = await parts.get(PaymentQueries).get(uuidOf(id));
    const before = await stored(id);
    const stale = { ...payment, version: payment.version - 1 };
    const changed = parts.get(PaymentsRepository).change(parts.get(Database), stale, {
      move: { to: 'canceled', trigger: 'cancel' },
      events: [
        paymentEvent('payment.canceled', { ...stale, state: 'canceled', actor: 'test-staff' }),
      ],
      operationId: textOf(operation, 'id'),
      settle: { state: 'succeeded', providerRef: 'ORDER' },
      cause: 'api',
      actor: 'test-staff',
    });
    await expect(changed).rejects.toThrow(StaleWriteError);
    expect(await stored(id)).toEqual(before);
    expect(before).toMatchObject([{ state: 'open', operation: 'unsettled' }]);
  });
});
