import { Agent, request } from 'node:http';
import { listAt, objectAt, parseJson, textAt, valueAt } from '../../src/shared/json';
import { Refused } from './refused';

const TIMEOUT_MS = 15_000;
const RENEW_EARLY_MS = 60_000;
const SOCKETS_MAX = 64;

export interface GatewayOrder {
  readonly reference: string;
  readonly key: string;
  readonly amount: { readonly currency_code: string; readonly value: string };
  readonly description: string | null;
  readonly returnUrl: string | null;
  readonly cancelUrl: string | null;
  readonly locale: string | null;
}

export interface CreatedOrder {
  readonly id: string;
  readonly state: string;
  readonly checkoutUrl: string;
  readonly payMethod: string | null;
}

/** PayPal's Orders API with what Node.js brings: a kept token, kept connections, the answer compared with the order. */
export class Gateway {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX });
  private token: Promise<string> | null = null;
  private renewAtMs = 0;

  constructor(
    private readonly baseUrl: string,
    private readonly clientId: string,
    private readonly secret: string,
  ) {}

  async create(order: GatewayOrder): Promise<CreatedOrder> {
    const answer = await this.post('/v2/checkout/orders', JSON.stringify(bodyOf(order)), {
      Authorization: `Bearer ${await this.freshToken()}`,
      'Content-Type': 'application/json',
      'PayPal-Request-Id': order.key,
      Prefer: 'return=representation',
    });
    return readOrder(answer, order);
  }

  private freshToken(): Promise<string> {
    if (this.token && Date.now() < this.renewAtMs) return this.token;
    this.renewAtMs = Infinity;
    this.token = this.fetchToken();
    return this.token;
  }

  private async fetchToken(): Promise<string> {
    const basic = Buffer.from(`${this.clientId}:${this.secret}`).toString('base64');
    const answer = await this.post('/v1/oauth2/token', 'grant_type=client_credentials', {
      Authorization: `Basic ${basic}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    });
    const token = textAt(answer, 'access_token');
    if (token === null) throw new Refused(502, 'The gateway gave no token.');
    this.renewAtMs = Date.now() + Number(valueAt(answer, 'expires_in')) * 1000 - RENEW_EARLY_MS;
    return token;
  }

  private post(path: string, body: string, headers: Record<string, string>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const sent = request(`${this.baseUrl}${path}`, {
        method: 'POST',
        agent: this.agent,
        timeout: TIMEOUT_MS,
        headers: {
          Accept: 'application/json',
          'Content-Length': Buffer.byteLength(body),
          ...headers,
        },
      });
      sent.once('error', reject);
      sent.once('timeout', () => sent.destroy(new Refused(504, 'The gateway is silent.')));
      sent.once('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.once('error', reject);
        response.once('end', () => resolve(parseJson(text)));
      });
      sent.end(body);
    });
  }
}

/** The same order as Kassa's, letter by letter. */
function bodyOf(order: GatewayOrder) {
  const { reference, amount, description, returnUrl, cancelUrl, locale } = order;
  return {
    intent: 'CAPTURE',
    purchase_units: [
      {
        reference_id: 'default',
        amount,
        custom_id: reference,
        invoice_id: reference,
        ...(description ? { description: description.slice(0, 127) } : {}),
      },
    ],
    payment_source: {
      paypal: {
        experience_context: {
          ...(returnUrl === null ? {} : { return_url: withId(returnUrl, reference) }),
          ...(cancelUrl === null ? {} : { cancel_url: withId(cancelUrl, reference) }),
          ...(locale !== null && /^[a-z]{2}-[A-Z]{2}$/.test(locale) ? { locale } : {}),
          user_action: 'PAY_NOW',
          shipping_preference: 'NO_SHIPPING',
        },
      },
    },
  };
}

function withId(url: string, reference: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}paymentId=${reference}`;
}

function readOrder(answer: unknown, { reference, amount }: GatewayOrder): CreatedOrder {
  const id = textAt(answer, 'id');
  const state = textAt(answer, 'status');
  const unit = valueAt(answer, 'purchase_units', 0);
  const link = listAt(answer, 'links').find((it) => textAt(it, 'rel') === 'payer-action');
  const checkoutUrl = textAt(link, 'href');
  const isOurs =
    textAt(unit, 'custom_id') === reference &&
    textAt(unit, 'amount', 'value') === amount.value &&
    textAt(unit, 'amount', 'currency_code') === amount.currency_code;
  if (id === null || state !== 'PAYER_ACTION_REQUIRED' || checkoutUrl === null || !isOurs) {
    throw new Refused(502, 'The gateway answered something else than our order.');
  }
  const payMethod = Object.keys(objectAt(answer, 'payment_source'))[0] ?? null;
  return { id, state, checkoutUrl, payMethod };
}
