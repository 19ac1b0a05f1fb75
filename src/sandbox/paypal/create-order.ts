import { type Answer } from '../http/answer';
import { isObject, type JsonObject, member, textMember } from '../http/json';
import { paypalId } from '../ids';
import { exponentOf, toDecimal, toMinor } from '../money';
import { type Sandbox } from '../sandbox';
import { type PayPalCall } from './call';
import { refuse, unknownOrder } from './errors';
import { type Problem } from './issues';
import { type Amount, isGone, type Order, type PurchaseUnit } from './order';
import { orderRuleProblems, referenceOf, unitsOf } from './order-rules';
import { orderSyntaxProblems } from './order-syntax';
import { orderView } from './order-view';
import { rememberedId, rememberRequest } from './request-ids';

/** The payer has three hours by default before the order disappears. */
const APPROVAL_WINDOW_MS = 3 * 3_600_000;

/** `POST /v2/checkout/orders`: https://developer.paypal.com/docs/api/orders/v2/#orders_create */
export function createOrder(sandbox: Sandbox, call: PayPalCall): Answer {
  const body = call.body;
  if (!isObject(body)) return refuse([{ issue: 'MALFORMED_REQUEST_JSON', location: 'body' }]);
  const replayed = sandbox.store.orders.get(rememberedId(sandbox, call) ?? '');
  if (replayed) {
    const gone = isGone(replayed, sandbox.store.now().getTime());
    return gone ? unknownOrder() : { status: 200, body: orderView(sandbox, replayed, call) };
  }
  const [first, ...others] = problemsOf(body, call);
  if (first) return refuse([first, ...others]);
  const order = newOrder(sandbox.store.now(), body, call.account);
  sandbox.store.commit(
    { kind: 'paypal.order', value: order },
    ...rememberRequest(sandbox, call, order.id),
  );
  // An order with a payment_source is answered with 200 even when it is new.
  return { status: order.withPaymentSource ? 200 : 201, body: orderView(sandbox, order, call) };
}

function problemsOf(body: JsonObject, call: PayPalCall): Problem[] {
  const syntax = orderSyntaxProblems(body);
  if (syntax.length > 0) return syntax;
  if (body['payment_source'] !== undefined && call.requestId === undefined) {
    return [{ issue: 'PAYPAL_REQUEST_ID_REQUIRED' }];
  }
  return orderRuleProblems(body);
}

function newOrder(now: Date, body: JsonObject, account: string): Order {
  const withPaymentSource = body['payment_source'] !== undefined;
  const contexts = [
    member(body, 'payment_source', 'paypal', 'experience_context'),
    body['application_context'],
  ];
  const setting = (name: string) =>
    contexts.map((context) => textMember(context, name)).find((text) => text !== undefined) ?? null;
  return {
    id: paypalId(),
    account,
    intent: body['intent'] === 'AUTHORIZE' ? 'AUTHORIZE' : 'CAPTURE',
    status: withPaymentSource ? 'PAYER_ACTION_REQUIRED' : 'CREATED',
    withPaymentSource,
    units: unitsOf(body).map(toUnit),
    returnUrl: setting('return_url'),
    cancelUrl: setting('cancel_url'),
    brandName: setting('brand_name'),
    payer: null,
    nextCapture: 'COMPLETED',
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    windowEndsAtMs: now.getTime() + APPROVAL_WINDOW_MS,
  };
}

/** Stores a unit the way PayPal shows it: the reference filled in, the amount with its decimals. */
export function toUnit(body: JsonObject): PurchaseUnit {
  const referenceId = referenceOf(body);
  const amount = toAmount(body['amount']);
  const sent = isObject(body['amount']) ? body['amount'] : {};
  return {
    referenceId,
    amount,
    body: { ...body, reference_id: referenceId, amount: { ...sent, ...amount } },
    captures: [],
    authorizations: [],
  };
}

export function toAmount(money: unknown): Amount {
  const currency = textMember(money, 'currency_code') ?? '';
  const exponent = exponentOf(currency);
  const minor = toMinor(textMember(money, 'value') ?? '0', exponent);
  return { currency_code: currency, value: toDecimal(minor, exponent) };
}
