import { hash } from 'node:crypto';
import { type Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import { type ShownPayment } from '../../src/modules/payments/queries/payment-queries';
import { type CreateBody, readCreateBody } from './create-body';
import { FIND_KEY, INTENT, RECORD } from './create-statements';
import { type Gateway } from './gateway';
import { typeId, uuidOf } from './ids';
import { type KeyOwner } from './keys';
import { decimal } from './payment-view';
import { findPayment } from './read-payments';
import { Refused } from './refused';

export interface CreateRequest {
  readonly who: KeyOwner;
  readonly key: string | null;
  readonly body: unknown;
}

interface Plan {
  readonly id: string;
  readonly operationId: string;
  readonly reference: string;
  readonly customerId: string;
  /** Goes to the gateway, which recognises a repeat by it. */
  readonly providerKey: string;
  readonly amount: { readonly currency_code: string; readonly value: string };
  readonly body: CreateBody;
}

/** Intent committed, gateway called, outcome recorded: Kassa's steps with one statement each. */
export async function createPayment(
  pool: Pool,
  gateway: Gateway,
  request: CreateRequest,
): Promise<ShownPayment> {
  const plan = planOf(readCreateBody(request.body));
  const { allowed, claimed } = await commitIntent(pool, request, plan);
  if (!allowed) throw new Refused(403, 'You may only act for customers that you own.');
  if (!claimed) return replay(pool, request);
  const { reference, providerKey: key, amount, body } = plan;
  const order = await gateway.create({ ...body, reference, key, amount });
  const { rows } = await pool.query<{ row: ShownPayment }>({
    name: 'record',
    text: RECORD,
    values: [
      plan.id,
      plan.operationId,
      order.id,
      order.state,
      order.checkoutUrl,
      order.payMethod,
      uuidv7(),
      eventOf(plan, { state: 'open', actor: request.who.subject }),
    ],
  });
  const recorded = rows[0];
  if (!recorded) throw new Refused(500, 'The payment was changed by somebody else.');
  return recorded.row;
}

function planOf(body: CreateBody): Plan {
  const id = uuidv7();
  const customerId = uuidOf('cus', body.customer);
  if (customerId === null) throw new Refused(422, 'This is no customer id.');
  const amount = { currency_code: body.currency, value: decimal(String(body.amount), 2) };
  const providerKey = `v1.${id.replaceAll('-', '')}.create.1`;
  const reference = typeId('pay', id);
  return { id, operationId: uuidv7(), reference, customerId, providerKey, amount, body };
}

async function commitIntent(pool: Pool, { who, key, body: sent }: CreateRequest, plan: Plan) {
  const { body } = plan;
  const { rows } = await pool.query<{ allowed: boolean; claimed: boolean }>({
    name: 'intent',
    text: INTENT,
    values: [
      plan.id,
      plan.operationId,
      plan.customerId,
      who.owner,
      who.subject,
      key,
      key === null ? null : fingerprint(sent),
      body.amount,
      body.currency,
      body.description,
      body.returnUrl,
      body.cancelUrl,
      JSON.stringify(body.metadata),
      body.locale,
      plan.providerKey,
      requestHash(plan),
      uuidv7(),
      eventOf(plan, { state: 'initialized', actor: who.subject }),
    ],
  });
  return rows[0] ?? { allowed: false, claimed: false };
}

/** The key was used before: the payment it made, or a refusal where that was another request. */
async function replay(pool: Pool, { who, key, body }: CreateRequest): Promise<ShownPayment> {
  const { rows } = await pool.query<{ fingerprint: string; resource_id: string }>({
    name: 'find-key',
    text: FIND_KEY,
    values: [who.subject, key],
  });
  const known = rows[0];
  if (known?.fingerprint !== fingerprint(body)) throw new Refused(422, 'The key was used before.');
  return findPayment(pool, who, known.resource_id);
}

function eventOf({ reference, body }: Plan, now: { state: string; actor: string }): string {
  const { amount, currency, customer } = body;
  const about = { id: reference, provider: 'paypal', ...now, amount, currency, customer };
  return JSON.stringify({ ...about, captured_amount: 0, subject: null, conflict: null });
}

function requestHash({ amount, customerId, body }: Plan): string {
  const money = `${amount.currency_code} ${amount.value}`;
  const { metadata, returnUrl, cancelUrl } = body;
  const asked = [money, 'automatic', customerId, metadata, returnUrl, cancelUrl, null];
  return hash('sha256', JSON.stringify(asked), 'base64url');
}

function fingerprint(body: unknown): string {
  return hash('sha256', `POST\n/api/payments\n${JSON.stringify(sorted(body))}`, 'base64url');
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
}
