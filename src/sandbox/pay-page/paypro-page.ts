import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Answer } from '../http/answer';
import { textMember } from '../http/json';
import { formatMoney, toDecimal } from '../money';
import { movePayment } from '../paypro/move-payment';
import { PAY_METHODS } from '../paypro/pay-methods';
import { isPayable, type Payment, type PaymentState } from '../paypro/payment';
import { type Sandbox } from '../sandbox';
import { MANNERS, neverComesBack, ODD_WAYS_TO_PAY } from './oddities';
import { type Button, checkoutPage, messagePage } from './page';
import { sendBack } from './send-back';
import { pressedButton, servePage } from './serve-page';

const GATEWAY = 'PayPro';
const BUTTONS: Button[] = [
  { action: 'pay', label: 'Pay', look: 'main' },
  { action: 'decline', label: 'Decline', look: 'plain' },
  { action: 'cancel', label: 'Cancel', look: 'plain' },
];
const ODDITIES: Button[] = [
  ...ODD_WAYS_TO_PAY,
  { action: 'process', label: 'Pay slowly, which stays processing', look: 'wide' },
  { action: 'expire', label: 'Let it expire', look: 'wide' },
];
const NEXT_STATE = new Map<string, PaymentState>([
  ...[...MANNERS.keys()].map((action): [string, PaymentState] => [action, 'paid']),
  ['decline', 'failed'],
  ['cancel', 'canceled'],
  ['expire', 'expired'],
  ['process', 'processing'],
]);

/** The page behind a payment's `checkout` link. */
export function payproPage(sandbox: Sandbox) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    const visit = (show: (payment: Payment, request: FastifyRequest) => Answer) =>
      servePage(sandbox, (request) => {
        const payment = sandbox.store.payments.get(textMember(request.params, 'id') ?? '');
        if (!payment) {
          return messagePage(
            { status: 404, gateway: GATEWAY, title: 'Unknown payment' },
            'No payment has this address.',
          );
        }
        return isPayable(payment) ? show(payment, request) : closedPage(payment.state);
      });
    app.get('/pay/:id', visit(showPayment));
    app.post(
      '/pay/:id',
      visit((payment, request) => choose(sandbox, payment, pressedButton(request))),
    );
    done();
  };
}

function showPayment(payment: Payment): Answer {
  const methods = payment.payMethods ?? [...PAY_METHODS.keys()];
  return checkoutPage({
    gateway: GATEWAY,
    title: payment.description,
    amount: formatMoney({
      decimal: toDecimal(BigInt(payment.amount), 2),
      currency: payment.currency,
    }),
    facts: [
      ['Pay with', methods.map((id) => PAY_METHODS.get(id)?.name ?? id).join(', ')],
      ['Payment', payment.id],
    ],
    buttons: BUTTONS,
    oddities: ODDITIES,
  });
}

/** PayPro adds nothing to the addresses it was given. */
function choose(sandbox: Sandbox, payment: Payment, action: string): Answer {
  const state = NEXT_STATE.get(action);
  if (state === undefined) {
    return messagePage(
      { status: 422, gateway: GATEWAY, title: 'Unknown choice' },
      'Please go back and press one of the buttons.',
    );
  }
  movePayment(sandbox, { ...payment, manner: MANNERS.get(action) }, state);
  if (action === 'pay_no_return') return neverComesBack(GATEWAY);
  if (state === 'expired') return closedPage(state);
  return sendBack(state === 'canceled' ? payment.cancelUrl : payment.returnUrl, {
    gateway: GATEWAY,
  });
}

function closedPage(state: PaymentState): Answer {
  if (state === 'expired') {
    return messagePage(
      { status: 410, gateway: GATEWAY, title: 'This payment has expired' },
      'Please go back to the shop and start again.',
    );
  }
  const title = state === 'paid' || state === 'completed' ? 'Already paid' : 'Nothing left to pay';
  return messagePage({ status: 409, gateway: GATEWAY, title }, `This payment is ${state}.`);
}
