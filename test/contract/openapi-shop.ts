import { listAt, objectAt } from '../../src/shared/json';
import { textOf } from '../support/read';
import { type SeenAnswer, type SpecCaller } from './openapi-caller';

export type Headers = Readonly<Record<string, string>>;

/** What a shop does at PayPal over bare HTTP; an answer other than the one it counts on ends the test. */
export interface Shop {
  fine(...call: Parameters<SpecCaller['call']>): Promise<SeenAnswer>;
  refused(...call: [method: string, path: string, status: number, body?: unknown]): Promise<void>;
  create(
    changes?: object,
    headers?: Headers,
  ): Promise<{ readonly id: string; readonly page: string }>;
  /** Money that is held and not taken. */
  hold(headers?: Headers): Promise<{ readonly id: string; readonly order: string }>;
}

export function openShop(paypal: SpecCaller): Shop {
  const fine: Shop['fine'] = async (method, path, sent) => {
    const answer = await paypal.call(method, path, sent);
    if (answer.status < 300) return answer;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  };
  const create: Shop['create'] = async (changes = {}, headers = {}) => {
    const body = { ...anOrder(), ...changes };
    const made = await fine('POST', '/v2/checkout/orders', { body, headers });
    return { id: textOf(made.body, 'id'), page: linkIn(made, 'approve') };
  };
  return {
    fine,
    create,
    refused: async (method, path, status, body = {}) => {
      const answer = await paypal.call(method, path, { body });
      expect([method, path, answer]).toEqual([method, path, expect.objectContaining({ status })]);
    },
    hold: async (headers = {}) => {
      const { id: order, page } = await create({ intent: 'AUTHORIZE' });
      await press(page, 'pay');
      const sent = { body: {}, headers: keyed(headers) };
      const done = await fine('POST', `/v2/checkout/orders/${order}/authorize`, sent);
      const path = ['purchase_units', 0, 'payments', 'authorizations', 0, 'id'] as const;
      return { order, id: textOf(done.body, ...path) };
    },
  };
}

export const CONTEXT = {
  return_url: 'https://shop.example/return',
  cancel_url: 'https://shop.example/cancel',
  brand_name: 'Books & more',
  locale: 'nl-NL',
  user_action: 'PAY_NOW',
  shipping_preference: 'NO_SHIPPING',
};

export function anOrder() {
  const { return_url, cancel_url } = CONTEXT;
  const amount = { currency_code: 'EUR', value: '10.00' };
  return {
    intent: 'CAPTURE',
    purchase_units: [{ custom_id: 'pay_1', description: 'Two books', amount }],
    application_context: { return_url, cancel_url },
  };
}

export function unitOf(changes: object): object {
  const [unit] = anOrder().purchase_units;
  return { purchase_units: [{ ...unit, ...changes }] };
}

export function patchOf(value: string): object {
  const path = "/purchase_units/@reference_id=='default'/amount";
  return { op: 'replace', path, value: { currency_code: 'EUR', value } };
}

let number = 0;

/** With a key that no other call has. */
export function keyed(headers: Headers = {}): Record<string, string> {
  number += 1;
  return { ...headers, 'PayPal-Request-Id': `walk-${number}` };
}

export function captureIn({ body }: SeenAnswer): string {
  return textOf(body, 'purchase_units', 0, 'payments', 'captures', 0, 'id');
}

export function linkIn({ body }: SeenAnswer, rel: string): string {
  const link = listAt(body, 'links').find((one) => objectAt(one)['rel'] === rel);
  return textOf(link, 'href');
}

/** What the payer does on the pay page; it sends the browser back to the shop. */
export async function press(page: string, action: string): Promise<void> {
  const body = new URLSearchParams({ action });
  const pressed = await fetch(page, { method: 'POST', body, redirect: 'manual' });
  expect(pressed.status).toBe(303);
}
