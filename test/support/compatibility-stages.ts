import { type TestApp } from './app';
import { hexOf, INVALID_APPROVE, INVALID_CANCEL } from './compatibility';
import { pressOnPayPage } from './pay-page';
import * as payments from './payments';
import { textOf } from './read';
import { sandboxOf } from './sandbox';

const ORDERS = { method: 'POST', path_contains: '/v2/checkout/orders' };

export type Verdict = readonly [status: number, detail: string];

export const APPROVED: Verdict = [200, 'Payment has been approved.'];
const IN_PROCESS: Verdict = [202, 'Payment is being processed.'];
export const CANCELLED: Verdict = [200, 'Payment has been cancelled.'];
export const NO_APPROVE: Verdict = [409, INVALID_APPROVE.detail];
const NO_CANCEL: Verdict = [409, INVALID_CANCEL.detail];

export interface Stage {
  readonly state: string;
  readonly shown: string;
  /** Where it is not the 10.00 that was asked for. */
  readonly amount?: string;
  readonly approve: Verdict;
  readonly cancel: Verdict;
  readonly make: (app: TestApp) => Promise<Staged>;
}

export interface Staged {
  readonly id: string;
  /** Somebody, until a payer has agreed. */
  readonly payer: string;
}

export const NOBODY = '7E7MGXCWTTKK2';

export const STAGES: readonly Stage[] = [
  {
    state: 'initialized',
    shown: 'Initial',
    approve: NO_APPROVE,
    cancel: NO_CANCEL,
    make: makeInitial,
  },
  {
    state: 'open and agreed to',
    shown: 'Created',
    approve: APPROVED,
    cancel: CANCELLED,
    make: (app) => makeAgreed(app),
  },
  {
    state: 'open and not agreed to',
    shown: 'Created',
    approve: NO_APPROVE,
    cancel: CANCELLED,
    make: async (app) => ({ id: (await payments.makePayment(app, 'paypal')).id, payer: NOBODY }),
  },
  {
    state: 'open and agreed to, for its money to be held',
    shown: 'Created',
    approve: NO_APPROVE,
    cancel: CANCELLED,
    make: (app) => makeAgreed(app, { capture_method: 'manual' }),
  },
  {
    state: 'processing',
    shown: 'Created',
    approve: IN_PROCESS,
    cancel: NO_CANCEL,
    make: makeProcessing,
  },
  {
    state: 'authorized',
    shown: 'Created',
    approve: NO_APPROVE,
    cancel: CANCELLED,
    make: async (app) => after(app, 'approve', await makeAgreed(app, { capture_method: 'manual' })),
  },
  {
    state: 'authorized, with a part taken',
    shown: 'Created',
    approve: NO_APPROVE,
    cancel: NO_CANCEL,
    make: (app) => makeTaken(app, { amount: 400 }),
  },
  {
    state: 'paid with less than was asked for',
    shown: 'Approved',
    amount: '4.00',
    approve: NO_APPROVE,
    cancel: NO_CANCEL,
    make: (app) => makeTaken(app, { amount: 400, final: true }),
  },
  {
    state: 'paid',
    shown: 'Approved',
    approve: NO_APPROVE,
    cancel: NO_CANCEL,
    make: async (app) => after(app, 'approve', await makeAgreed(app)),
  },
  {
    state: 'canceled',
    shown: 'Cancelled',
    approve: NO_APPROVE,
    cancel: NO_CANCEL,
    make: async (app) => after(app, 'cancel', await makeAgreed(app)),
  },
  {
    state: 'expired',
    shown: 'Cancelled',
    approve: NO_APPROVE,
    cancel: NO_CANCEL,
    make: makeExpired,
  },
  {
    state: 'failed before the payer saw it',
    shown: 'Erred',
    approve: NO_APPROVE,
    cancel: NO_CANCEL,
    make: makeRefused,
  },
  {
    state: 'failed after the payer agreed',
    shown: 'Erred',
    approve: NO_APPROVE,
    cancel: NO_CANCEL,
    make: makeDeclined,
  },
];

export async function makeAgreed(app: TestApp, changes: object = {}): Promise<Staged> {
  const { id, checkoutUrl } = await payments.makePayment(app, 'paypal', changes);
  const { location } = await pressOnPayPage(checkoutUrl, 'pay');
  return { id, payer: new URL(location ?? '').searchParams.get('PayerID') ?? '' };
}

export async function after(
  app: TestApp,
  verb: 'approve' | 'cancel',
  staged: Staged,
): Promise<Staged> {
  payments.expectStatus(await payments.command(app, staged.id, verb), 200);
  return staged;
}

/** PayPal never heard of it; nobody settles it while the lease of the create holds. */
async function makeInitial(app: TestApp): Promise<Staged> {
  await sandboxOf(app).fault('paypal', { kind: 'drop_before', match: ORDERS });
  const lost = await payments.create(app, { provider: 'paypal' });
  payments.expectStatus(lost, 202);
  const id = textOf(lost.body, 'id');
  const held = await app.query(
    `UPDATE payments.operations SET lease_until = now() + interval '1 hour'
     WHERE payment_id = $1 AND state = 'unsettled' RETURNING id`,
    [hexOf(id)],
  );
  expect(held).toHaveLength(1);
  return { id, payer: NOBODY };
}

async function makeProcessing(app: TestApp): Promise<Staged> {
  const { id, checkoutUrl } = await payments.makePayment(app, 'paypal');
  const { location } = await pressOnPayPage(checkoutUrl, 'pending');
  const payer = new URL(location ?? '').searchParams.get('PayerID') ?? '';
  return after(app, 'approve', { id, payer });
}

/** Held, and then taken in part. */
async function makeTaken(app: TestApp, body: object): Promise<Staged> {
  const held = await after(app, 'approve', await makeAgreed(app, { capture_method: 'manual' }));
  payments.expectStatus(await payments.command(app, held.id, 'capture', { body }), 200);
  return held;
}

async function makeExpired(app: TestApp): Promise<Staged> {
  const { id } = await payments.makePressed(app, 'paypal', 'expire');
  const seen = await payments.command(app, id, 'refresh');
  expect(seen.body).toMatchObject({ state: 'expired' });
  return { id, payer: NOBODY };
}

/** PayPal does not accept our credentials, also not fresh ones. */
export async function makeRefused(app: TestApp): Promise<Staged> {
  await sandboxOf(app).fault('paypal', { kind: 'unauthorized', match: ORDERS, times: 2 });
  const refused = await payments.create(app, { provider: 'paypal' });
  await sandboxOf(app).dropFaults();
  payments.expectStatus(refused, 502);
  return { id: textOf(refused.body, 'payment'), payer: NOBODY };
}

async function makeDeclined(app: TestApp): Promise<Staged> {
  const staged = await makeProcessing(app);
  const capture = await payments.captureIdOf(app, staged.id);
  await sandboxOf(app).settleCapture(capture, 'DECLINED');
  const seen = await payments.command(app, staged.id, 'refresh');
  expect(seen.body).toMatchObject({ state: 'failed' });
  return staged;
}
