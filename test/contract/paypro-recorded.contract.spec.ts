import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readChargeback } from '../../src/providers/paypro/paypro.chargebacks.wire';
import { readMandate } from '../../src/providers/paypro/paypro.mandates.wire';
import { readCustomerId } from '../../src/providers/paypro/paypro.customers.wire';
import { readEvent } from '../../src/providers/paypro/paypro.events';
import { toProviderRefund } from '../../src/providers/paypro/paypro.refund-translate';
import { readPayMethods } from '../../src/providers/paypro/paypro.pay-methods';
import { readRefund, readRefundPage } from '../../src/providers/paypro/paypro.refunds.wire';
import { toProviderPayment } from '../../src/providers/paypro/paypro.translate';
import { readEventPage, readPage, readPayment } from '../../src/providers/paypro/paypro.wire';
import { listAt, parseJson, textAt } from '../../src/shared/json';
import { listOf, textOf } from '../support/read';

/** What PayPro once answered, as its own clients recorded it, read by the adapter's readers. */

const FOLDER = join(__dirname, 'paypro-recorded');

const bodies = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }))
  .map(({ name, text }) => ({ name, text, body: parseJson(text) }));

/** Kinds of objects that Kassa asks PayPro about, with what has to be known of each one afterwards. */
const READERS: Readonly<Record<string, (body: unknown) => void>> = {
  payment: (body) => {
    const payment = readPayment(body);
    const shown = payment && toProviderPayment(payment);
    expect(shown).toMatchObject({ providerId: textOf(body, 'id'), amount: { currency: 'EUR' } });
    expect(['open', 'processing', 'paid']).toContain(shown?.state);
  },
  refund: (body) => {
    const refund = readRefund(body);
    expect(refund && toProviderRefund(refund)).toMatchObject({
      outcome: 'done',
      value: { refundId: textOf(body, 'id'), state: 'pending', amount: { currency: 'EUR' } },
    });
  },
  event: (body) => {
    expect(readEvent(JSON.stringify(body))).toMatchObject({
      eventId: textOf(body, 'id'),
      kind: 'payment',
      paymentIds: [textOf(body, 'payload', 'id')],
      occurredAt: new Date(textOf(body, 'created_at')),
    });
  },
  chargeback: (body) => expect(readChargeback(body)).toMatchObject({ id: textOf(body, 'id') }),
  mandate: (body) => expect(readMandate(body)).toMatchObject({ id: textOf(body, 'id') }),
  customer: (body) => expect(readCustomerId(body)).toBe(textOf(body, 'id')),
  pay_method: (body) => {
    const [method] = readPayMethods({ type: 'list', data: [body] }) ?? [];
    expect(method).toMatchObject({ id: textOf(body, 'id'), currencies: ['EUR'] });
  },
};

/** Lists that Kassa asks for: each holds what was recorded, and its end is known. */
const LISTS: Readonly<Record<string, (body: unknown) => number | undefined>> = {
  payment: (body) => readPage(body)?.payments.length,
  refund: (body) => readRefundPage(body)?.refunds.length,
  event: (body) => readEventPage(body)?.events.length,
  pay_method: (body) => readPayMethods(body)?.length,
};

/** Kinds that Kassa has no use for. */
const UNREAD = [
  'installment_plan',
  'installment_plan_period',
  'subscription',
  'subscription_period',
  'webhook',
];

const isList = (body: unknown): boolean => textAt(body, 'type') === 'list';
const objectsIn = (body: unknown): readonly unknown[] =>
  isList(body) ? listAt(body, 'data') : [body];
const kindsIn = (body: unknown): readonly string[] =>
  objectsIn(body).map((one) => textOf(one, 'type'));
const withKind = (known: (kind: string) => boolean) =>
  bodies.filter(({ body }) => kindsIn(body).every(known));

describe('the recorded bodies of PayPro', () => {
  it('are of kinds that are read, or that Kassa has no use for', () => {
    const kinds = new Set(bodies.flatMap(({ body }) => kindsIn(body)));
    expect([...kinds].sort()).toEqual([...Object.keys(READERS), ...UNREAD].sort());
    expect(bodies.length).toBeGreaterThan(30);
  });

  it.each(withKind((kind) => kind in READERS))('$name is read', ({ body }) => {
    expect(objectsIn(body)).not.toHaveLength(0);
    for (const one of objectsIn(body)) READERS[textOf(one, 'type')]?.(one);
  });

  it.each(withKind((kind) => kind in LISTS).filter(({ body }) => isList(body)))(
    '$name is read as a list that ends',
    ({ body }) => {
      const [kind = ''] = kindsIn(body);
      expect(LISTS[kind]?.(body)).toBe(listOf(body, 'data').length);
    },
  );

  it('are not read as something else', () => {
    for (const { body } of bodies.filter((one) => !isList(one.body))) {
      const [kind] = kindsIn(body);
      if (kind !== 'refund') expect(readRefund(body)).toBeUndefined();
      if (kind !== 'event') expect(readEvent(JSON.stringify(body))).toBeNull();
      if (kind !== 'customer') expect(readCustomerId(body)).toBeNull();
      expect(readPage(body) ?? readRefundPage(body) ?? readPayMethods(body)).toBeUndefined();
    }
  });
});
