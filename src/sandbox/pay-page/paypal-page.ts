import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Answer } from '../http/answer';
import { textMember } from '../http/json';
import { formatMoney } from '../money';
import { type Manner } from '../notifications/notification';
import { findByToken } from '../paypal/find';
import { hasWindowEnded, isClosed, type Order, tokenOf } from '../paypal/order';
import { approveOrder, expireOrder } from '../paypal/payer-choice';
import { type Sandbox } from '../sandbox';
import { MANNERS, neverComesBack, ODD_WAYS_TO_PAY } from './oddities';
import { type Button, checkoutPage, messagePage } from './page';
import { sendBack, withParameters } from './send-back';
import { pressedButton, servePage } from './serve-page';

const GATEWAY = 'PayPal';
const BUTTONS: Button[] = [
  { action: 'pay', label: 'Pay', look: 'main' },
  { action: 'decline', label: 'Decline', look: 'plain' },
  { action: 'cancel', label: 'Cancel', look: 'plain' },
];
const ODDITIES: Button[] = [
  ...ODD_WAYS_TO_PAY,
  { action: 'pending', label: 'Pay by eCheck, which stays pending', look: 'wide' },
  { action: 'expire', label: 'Let it expire', look: 'wide' },
];

/** Where PayPal has it: of Orders v2, and of Payments v1 with `cmd=_express-checkout`. */
const PAGES = ['/checkoutnow', '/cgi-bin/webscr'];

/** The page behind the `approve`, `payer-action` and `approval_url` links. */
export function paypalPage(sandbox: Sandbox) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    const visit = (show: (order: Order, request: FastifyRequest) => Answer) =>
      servePage(sandbox, (request) => {
        const order = findByToken(sandbox, textMember(request.query, 'token') ?? '');
        return order ? (closedPage(sandbox, order) ?? show(order, request)) : unknownPage();
      });
    for (const url of PAGES) {
      app.get(url, visit(showOrder));
      app.post(
        url,
        visit((order, request) => choose(sandbox, order, pressedButton(request))),
      );
    }
    done();
  };
}

function showOrder(order: Order): Answer {
  const [unit] = order.units;
  const amounts = order.units.map(({ amount }) =>
    formatMoney({ decimal: amount.value, currency: amount.currency_code }),
  );
  const invoice = textMember(unit?.body, 'invoice_id');
  return checkoutPage({
    gateway: GATEWAY,
    title: textMember(unit?.body, 'description') ?? 'Your payment',
    amount: amounts.join(' + '),
    facts: [
      ...(order.brandName === null ? [] : [['To', order.brandName] satisfies [string, string]]),
      ...(invoice === undefined ? [] : [['Invoice', invoice] satisfies [string, string]]),
      [order.v1 ? 'Payment' : 'Order', order.id],
    ],
    buttons: BUTTONS,
    oddities: ODDITIES,
  });
}

function choose(sandbox: Sandbox, order: Order, action: string): Answer {
  const manner = MANNERS.get(action);
  if (manner) return paid(sandbox, order, { manner, action });
  switch (action) {
    case 'decline':
      return approved(sandbox, order, { nextCapture: 'DECLINED' });
    case 'pending':
      return approved(sandbox, order, { nextCapture: 'PENDING' });
    case 'cancel':
      // PayPal keeps the order open and tells nobody.
      return sendBack(withParameters(order.cancelUrl, { token: tokenOf(order) }), {
        gateway: GATEWAY,
      });
    case 'expire':
      expireOrder(sandbox, order);
      return expiredPage();
    default:
      return messagePage(
        { status: 422, gateway: GATEWAY, title: 'Unknown choice' },
        'Please go back and press one of the buttons.',
      );
  }
}

function paid(
  sandbox: Sandbox,
  order: Order,
  { manner, action }: { manner: Manner; action: string },
): Answer {
  const back = approved(sandbox, order, { nextCapture: 'COMPLETED', manner });
  return action === 'pay_no_return' ? neverComesBack(GATEWAY) : back;
}

function approved(
  sandbox: Sandbox,
  order: Order,
  choice: Pick<Order, 'nextCapture' | 'manner'>,
): Answer {
  const { payer } = approveOrder(sandbox, order, choice);
  const parameters = {
    ...(order.v1 ? { paymentId: order.id } : {}),
    token: tokenOf(order),
    PayerID: payer.payerId,
  };
  return sendBack(withParameters(order.returnUrl, parameters), { gateway: GATEWAY });
}

function closedPage({ store }: Sandbox, order: Order): Answer | undefined {
  if (hasWindowEnded(order, store.now().getTime())) return expiredPage();
  if (!isClosed(order)) return undefined;
  return messagePage(
    { status: 409, gateway: GATEWAY, title: 'Already paid' },
    'This order is completed; there is nothing left to do here.',
  );
}

function expiredPage(): Answer {
  return messagePage(
    { status: 410, gateway: GATEWAY, title: 'This order has expired' },
    'Please go back to the shop and start again.',
  );
}

function unknownPage(): Answer {
  return messagePage(
    { status: 404, gateway: GATEWAY, title: 'Unknown order' },
    'No order has this token.',
  );
}
