import { createHmac, randomBytes } from 'node:crypto';
import { REFERENCE_KEY } from '../src/providers/paypro/paypro.translate';
import { newId, showId } from '../src/shared/id';

/** A request of PayPro's: https://docs.paypro.nl/webhooks.html */
export interface Delivery {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** No two processes make the same event. */
const OWN = randomBytes(4).toString('hex');

let events = 0;

/** A genuine delivery about a payment that nobody knows, of an event that nobody has heard of. */
export function signedDelivery(secret: string): Delivery {
  const body = JSON.stringify(newEvent());
  const timestamp = Math.floor(Date.now() / 1000).toString();
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'paypro-timestamp': timestamp,
    'paypro-signature': signature,
  };
  return { body, headers };
}

/** As long as what PayPro sends of a payment. */
function newEvent() {
  events += 1;
  const own = `${OWN}${events}`;
  const at = new Date().toISOString();
  return {
    id: `EV${own}`,
    type: 'event',
    event_type: 'payment.paid',
    created_at: at,
    payload: {
      id: `PP${own}`,
      type: 'payment',
      amount: 1999,
      currency: 'EUR',
      description: 'Order 1234',
      state: 'paid',
      pay_method: { id: 'ideal', type: 'pay_method', name: 'iDEAL' },
      refunded_amount: 0,
      return_url: 'https://shop.example.com/return',
      cancel_url: 'https://shop.example.com/cancel',
      metadata: { order: '1234', shop: 'Amsterdam', [REFERENCE_KEY]: showId('pay', newId()) },
      customer: `CU${own}`,
      mandate: null,
      subscription: null,
      installment_plan: null,
      locale: 'NL',
      paid_at: at,
      created_at: at,
      _links: {
        self: `https://api.paypro.nl/payments/PP${own}`,
        customer: `https://api.paypro.nl/customers/CU${own}`,
      },
    },
    _links: { self: `https://api.paypro.nl/events/EV${own}` },
  };
}
