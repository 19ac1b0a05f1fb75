import { type Answer } from '../http/answer';
import { isObject, type JsonObject, textMember } from '../http/json';
import { paypalId } from '../ids';
import { type Sandbox } from '../sandbox';
import { type Change } from '../state/changes.wire';
import { minorOf } from './amounts';
import { capturedOf, withFamily } from './authorization';
import { captureProblems, wantedOf } from './authorization-rules';
import { type PayPalCall } from './call';
import { malformed, refuse, unknownId } from './errors';
import { findAuthorization, findCapture, type FoundAuthorization, type FoundCapture } from './find';
import { captureEntry } from './ledger-entry';
import { captureNews } from './notifications/order-events';
import { type Capture, type PurchaseUnit, withUnit } from './order';
import { captureView, shortOf } from './payment-views';
import { rememberedId, rememberRequest } from './request-ids';

/** `POST …/{id}/capture`: https://developer.paypal.com/docs/api/payments/v2/#authorizations_capture */
export function captureAuthorization(sandbox: Sandbox, call: PayPalCall): Answer {
  const found = findAuthorization(sandbox, call.id);
  if (found?.order.account !== call.account) return unknownId('authorization_id');
  const body = call.body ?? {};
  if (!isObject(body)) return malformed();
  const replayed = findCapture(sandbox, rememberedId(sandbox, call) ?? '');
  if (replayed) return answer(sandbox, call, { status: 200, made: replayed });
  const [first, ...others] = captureProblems(sandbox, found, body);
  if (first) return refuse([first, ...others]);
  const made = capture(sandbox, found, body);
  sandbox.store.commit(
    { kind: 'paypal.order', value: made.order },
    ...moneyOf(made),
    ...captureNews(sandbox, made.order, made),
    ...rememberRequest(sandbox, call, made.capture.id),
  );
  return answer(sandbox, call, { status: 201, made });
}

/** The payer's choice on the pay page decides what becomes of it, as with captures of an order. */
function capture(
  { store, faults }: Sandbox,
  { order, unit, authorization }: FoundAuthorization,
  body: JsonObject,
): FoundCapture {
  const at = store.now().toISOString();
  const made: Capture = {
    id: paypalId(),
    status: faults.takeForMoney('capture_pending') ? 'PENDING' : order.nextCapture,
    amount: wantedOf(authorization, body),
    authorizationId: authorization.id,
    isFinal: body['final_capture'] === true,
    invoiceId: textMember(body, 'invoice_id'),
    createdAt: at,
    updatedAt: at,
  };
  const withCapture: PurchaseUnit = { ...unit, captures: [...unit.captures, made] };
  const isAll = capturedOf(withCapture, authorization) >= minorOf(authorization.amount);
  const status = made.isFinal || isAll ? 'CAPTURED' : 'PARTIALLY_CAPTURED';
  const changed =
    made.status === 'DECLINED'
      ? withCapture
      : withFamily(withCapture, authorization, { status, updatedAt: at });
  return { order: withUnit(order, changed, at), unit: changed, capture: made };
}

function moneyOf({ order, unit, capture: made }: FoundCapture): Change[] {
  if (made.status !== 'COMPLETED') return [];
  return [{ kind: 'ledger', value: captureEntry(order, unit, made) }];
}

function answer(
  sandbox: Sandbox,
  { fullAnswer }: PayPalCall,
  { status, made }: { status: number; made: FoundCapture },
): Answer {
  const view = captureView(sandbox, made.order, made);
  return { status, body: fullAnswer ? view : shortOf(view) };
}
