import { type TestApp } from './app';
import { lostCapture } from './integration-lost';
import { call } from './http';
import { inBody, type Prepare } from './openapi-stage';
import * as stages from './openapi-payment-stages';
import { expectStatus } from './payments';
import { textOf } from './read';
import * as reviews from './reviews';
import { type Fault, type Gateway, sandboxOf } from './sandbox';

type Match = NonNullable<Fault['match']>;

/** The gateway carries this call out, and its answer is lost. */
export function lost(prepare: Prepare, gateway: Gateway, match: Match): Prepare {
  return async (app, key) => {
    const stage = await prepare(app, key);
    const sandbox = sandboxOf(app);
    await sandbox.fault(gateway, { kind: 'drop_after', match });
    return {
      ...stage,
      clear: async () => {
        await sandbox.dropFaults();
        await leaveUnsettled(app);
      },
    };
  };
}

/** The sweeper's calls would run into the faults of the next examples. */
async function leaveUnsettled(app: TestApp): Promise<void> {
  await app.query(
    `UPDATE payments.operations SET next_attempt_at = now() + interval '1 hour'
     WHERE state = 'unsettled'`,
  );
}

const post = (path_contains: string): Match => ({ method: 'POST', path_contains });

const nothing: Prepare = () => Promise.resolve({});

const approved = lost(stages.agreedPayment, 'paypal', post('/capture'));

const canceled = lost(stages.heldPayment, 'paypal', post('/void'));

/** Nobody found out what became of the capture, until PayPal would not have recognised a repeat. */
const overdueCapture: Prepare = async (app) => {
  const payment = await lostCapture(app, stages.ORDER);
  await reviews.windowOver(app, payment);
  return { ids: { id: await reviews.operationIdOf(app, payment) } };
};

/** PayPal showed another amount once; now it shows the order as it is. */
const misreadCreate: Prepare = async (app) => {
  const payment = await reviews.misreadCreate(app, 'paypal');
  const id = await reviews.operationIdOf(app, payment);
  const shown = await call(app, 'GET', `/api/operations/${id}`, { key: app.keys.staff });
  expectStatus(shown, 200);
  return { ids: { id }, body: { provider_id: textOf(shown.body, 'provider_payment_id') } };
};

/** Where nobody knows what the provider did, and what a person decides of it. */
export const lostStages: Readonly<Record<string, Prepare>> = {
  'createPayment unknown': lost(nothing, 'paypal', post('/v2/checkout/orders')),
  'approvePayment unknown': approved,
  'approveAnyPayment unknown': inBody(approved),
  'cancelPayment unknown': canceled,
  'cancelAnyPayment unknown': inBody(canceled),
  'capturePayment unknown': lost(stages.heldPayment, 'paypal', post('/capture')),
  'reauthorizePayment unknown': lost(stages.oldHold, 'paypal', post('/reauthorize')),
  'refundPayment unknown': lost(stages.paidPayment, 'paypal', post('/refund')),
  'cancelRefund unknown': lost(stages.pendingRefund, 'paypro', {
    method: 'DELETE',
    path_contains: '/refunds',
  }),
  'createMandate unknown': lost(nothing, 'paypro', post('/mandates')),
  getOperation: overdueCapture,
  listOperations: overdueCapture,
  resolveOperation: overdueCapture,
  'resolveOperation unknown': lost(overdueCapture, 'paypal', post('/capture')),
  'resolveOperation link': misreadCreate,
};
