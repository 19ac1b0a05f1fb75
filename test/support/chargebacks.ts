import { textAt } from '../../src/shared/json';
import { type TestApp } from './app';
import { call, eventually } from './http';
import { listOf, objectOf, textOf } from './read';
import { type Gateway } from './sandbox';

type Body = Readonly<Record<string, unknown>>;

/** What payers, their banks and the gateways do; the simulator's own switches. */
export function takersOf(app: TestApp) {
  const send = async (path: string, body: object): Promise<string> => {
    const url = `/_sandbox${path}`;
    const sent = await call({ url: app.sandboxUrl }, 'POST', url, { body });
    if (sent.status >= 300) throw new Error(`${path}: ${sent.status} ${sent.text}`);
    return textOf(sent.body, 'id');
  };
  return {
    dispute: (captureId: string, wish: object = {}) =>
      send(`/paypal/captures/${captureId}/disputes`, wish),
    moveDispute: (disputeId: string, change: object) =>
      send(`/paypal/disputes/${disputeId}`, change),
    reverse: (captureId: string, wish: object = {}) =>
      send(`/paypal/captures/${captureId}/reversals`, wish),
    chargeBack: (paymentId: string, wish: object = {}) =>
      send(`/paypro/payments/${paymentId}/chargebacks`, wish),
    moveChargeback: (chargebackId: string, state: string) =>
      send(`/paypro/chargebacks/${chargebackId}`, { state }),
    /** The next notification of this gateway misbehaves like this. */
    misnotify: async (gateway: Gateway, kind: string, more: object = {}): Promise<void> => {
      const body = { gateway, kind, times: 1, ...more };
      await call({ url: app.sandboxUrl }, 'POST', '/_sandbox/faults', { body });
    },
  };
}

/** The chargeback with this id at its provider, as its owner sees it; null while there is none. */
export async function chargebackOf(app: TestApp, providerId: string): Promise<Body | null> {
  const path = '/api/chargebacks?limit=100';
  const listed = await call(app, 'GET', path, { key: app.keys.user });
  const found = listOf(listed.body, 'data').find(
    (one) => textOf(one, 'provider_chargeback_id') === providerId,
  );
  return found === undefined ? null : objectOf(found);
}

/** The same as soon as it is in this state, with nobody asking the provider for it. */
export async function chargebackIs(app: TestApp, providerId: string, state: string): Promise<Body> {
  const seen = await eventually(
    () => chargebackOf(app, providerId),
    (one) => textAt(one, 'state') === state,
  );
  return objectOf(seen);
}

/** What was booked because of it, oldest first: causes, and amounts in the customer's eyes. */
export async function bookedFor(app: TestApp, providerId: string): Promise<readonly string[]> {
  const rows = await app.query(
    `SELECT t.cause_id || ' ' || e.amount_minor AS line FROM customers.ledger_transactions t
     JOIN customers.ledger_entries e ON e.transaction_id = t.id AND e.line = 1
     WHERE t.cause_kind = 'chargeback' AND t.cause_id LIKE '%:' || $1 || '%' ORDER BY t.id`,
    [providerId],
  );
  return rows.map(({ line }) => String(line));
}

/** Events that told of it, in order. */
export async function toldOf(app: TestApp, providerId: string): Promise<readonly string[]> {
  const rows = await app.query(
    `SELECT e.type FROM platform.events e JOIN payments.chargebacks c ON c.id = e.subject_id
     WHERE e.subject_kind = 'chargeback' AND c.provider_chargeback_id = $1 ORDER BY e.subject_seq`,
    [providerId],
  );
  return rows.map(({ type }) => String(type));
}
