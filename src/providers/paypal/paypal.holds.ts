import {
  type CaptureOrder,
  type HoldCaptureOrder,
  type HoldOps,
  type HoldRenewal,
  type HoldVoid,
  type ProviderPayment,
  withAmountAndReference,
} from '../payment-provider';
import { type CallResult, type CallTrouble, troubleIn } from '../provider-call';
import { type PayPalClient } from './paypal.client';
import { complete, shown } from './paypal.complete';
import { toPayPalAmount } from './paypal.currencies';
import { authorizationState, captureState, firstAuthorization } from './paypal.hold-translate';
import { HELD_BEFORE, HOLD_ISSUES, PAID_ELSEWHERE } from './paypal.issues';
import { notAcceptable, orderOutcome, outcomeOf, type PayPalReply } from './paypal.outcome';
import {
  parseAuthorization,
  parseCapture,
  type PayPalAuthorization,
  type PayPalCapture,
} from './paypal.wire';

type Result = CallResult<ProviderPayment>;
type Client = Pick<
  PayPalClient,
  'authorizeOrder' | 'captureHold' | 'renewHold' | 'voidHold' | 'getOrder'
>;

const DAY_MS = 86_400_000;
/** PayPal keeps request ids of Payments v2 for 45 days; the last one is left alone, clocks differ. */
const REPEAT_MS = 44 * DAY_MS;

const CAPTURE = { object: 'capture', parse: parseCapture, issues: HOLD_ISSUES };
const AUTHORIZATION = { object: 'authorization', parse: parseAuthorization, issues: HOLD_ISSUES };

/** How the order shows that a call was carried out, now or by an earlier one of ours. */
interface Trace {
  readonly providerId: string;
  readonly isIn: (payment: ProviderPayment) => boolean;
}

/** The port's holds in terms of authorizations: https://developer.paypal.com/docs/api/payments/v2/#authorizations */
export class PayPalHolds implements HoldOps {
  readonly repeatMs = REPEAT_MS;

  constructor(private readonly client: Client) {}

  async authorize({ providerId, key }: CaptureOrder): Promise<Result> {
    const reply = await this.client.authorizeOrder({ id: providerId, requestId: key });
    const answer = orderOutcome(reply);
    if (answer.outcome === 'done' && answer.value.authorizations.length > 0) {
      return withAmountAndReference(shown(await complete(this.client, answer)));
    }
    const trace = { providerId, isIn: (payment: ProviderPayment) => payment.hold !== undefined };
    return this.lookFor(trace, answer);
  }

  /** The answer tells of the capture alone; callers are shown the whole payment, where it has to be found. */
  async capture(order: HoldCaptureOrder): Promise<Result> {
    const { providerId, holdId, key, reference, isFinal } = order;
    const amount = toPayPalAmount(order.amount);
    if (!amount) return notAcceptable(order.amount);
    const request = { amount, invoice_id: reference, final_capture: isFinal };
    const reply = await this.client.captureHold({ holdId, requestId: key }, request);
    const taken = outcomeOf(reply, CAPTURE);
    const captureId = taken.outcome === 'done' ? taken.value.id : null;
    if (taken.outcome === 'done' && captureState(taken.value.status) === 'failed') {
      return refused('payer', declined(taken.value));
    }
    const isOurs = (one: ProviderPayment['captures'][number]) =>
      one.captureId === captureId || (one.reference === reference && one.state !== 'failed');
    const isIn = (payment: ProviderPayment) => payment.captures.some(isOurs);
    const found = await this.lookFor({ providerId, isIn }, taken);
    if (found.outcome !== 'done') return found;
    const captures = found.value.captures.map((one) => (isOurs(one) ? { ...one, reference } : one));
    return { outcome: 'done', value: { ...found.value, captures } };
  }

  /** Only the first authorization can be renewed, more than once: which one that is, the order says. */
  async renew({ providerId, holdId, key, amount }: HoldRenewal): Promise<Result> {
    const wanted = toPayPalAmount(amount);
    if (!wanted) return notAcceptable(amount);
    const isIn = ({ hold }: ProviderPayment) => hold !== undefined && hold.holdId !== holdId;
    const { before, firstId } = await this.readFirst(providerId);
    if (before.outcome !== 'done' || isIn(before.value)) return before;
    if (firstId === null) return refused('final', NO_HOLD);
    const call = { holdId: firstId, requestId: key };
    const reply = await this.client.renewHold(call, { amount: wanted });
    const renewed = outcomeOf(reply, AUTHORIZATION);
    if (renewed.outcome === 'done' && authorizationState(renewed.value.status) === 'denied') {
      return refused('payer', notRenewed(renewed.value));
    }
    return this.lookFor({ providerId, isIn }, renewed);
  }

  /** Only the first authorization can be voided, and the renewals with it. */
  async void({ providerId, amount, reference }: HoldVoid): Promise<Result> {
    const { before, firstId } = await this.readFirst(providerId);
    if (before.outcome !== 'done' || isFree(before.value)) return before;
    const isOurs = before.value.reference === reference && before.value.amount?.equals(amount);
    if (!isOurs) return before;
    if (firstId === null) return refused('final', NO_HOLD);
    return this.lookFor({ providerId, isIn: isFree }, voided(await this.client.voidHold(firstId)));
  }

  private async readFirst(providerId: string): Promise<{ before: Result; firstId: string | null }> {
    const read = orderOutcome(await this.client.getOrder(providerId));
    const first = read.outcome === 'done' ? firstAuthorization(read.value) : null;
    return { before: withAmountAndReference(shown(read)), firstId: first?.id ?? null };
  }

  /** What the order shows after a call; only where it does not show the call itself, the answer stands. */
  private async lookFor({ providerId, isIn }: Trace, answer: CallResult<unknown>): Promise<Result> {
    if (answer.outcome !== 'done' && !HELD_BEFORE.has(troubleIn(answer).code)) return answer;
    const trouble = answer.outcome === 'done' ? NOT_SHOWN : troubleIn(answer);
    const read = withAmountAndReference(
      shown(orderOutcome(await this.client.getOrder(providerId))),
    );
    if (read.outcome !== 'done' || read.value.providerId !== providerId) {
      return { outcome: 'unknown', trouble };
    }
    if (isIn(read.value)) return read;
    // Something else with our invoice id was paid: nothing was done for this call, and never will be.
    if (trouble.code === PAID_ELSEWHERE) return refused('final', trouble);
    return answer.outcome === 'done' ? { outcome: 'unknown', trouble } : answer;
  }
}

const NOT_SHOWN: CallTrouble = {
  code: 'not_shown',
  message: 'PayPal answered with success, and its order does not show it yet.',
  reference: null,
};

const NO_HOLD: CallTrouble = {
  code: 'no_hold',
  message: 'PayPal holds no money for this order.',
  reference: null,
};

function isFree({ hold }: ProviderPayment): boolean {
  return hold !== undefined && ['released', 'expired', 'denied'].includes(hold.state);
}

/** A void without a body is one that was carried out. */
function voided(reply: PayPalReply): CallResult<unknown> {
  const isEmpty = reply.kind === 'answer' && reply.status === 204;
  return isEmpty ? { outcome: 'done', value: null } : outcomeOf(reply, AUTHORIZATION);
}

function declined({ id, status }: PayPalCapture): CallTrouble {
  const message = `PayPal made the capture ${id} and shows it as ${status}: no money was taken.`;
  return { code: 'CAPTURE_DECLINED', message, reference: null };
}

function notRenewed({ id }: PayPalAuthorization): CallTrouble {
  const message = `PayPal declined the renewal ${id}; what was held before still is.`;
  return { code: 'RENEWAL_DENIED', message, reference: null };
}

function refused(kind: 'payer' | 'final', trouble: CallTrouble) {
  return { outcome: 'refused' as const, refusal: { ...trouble, kind } };
}
