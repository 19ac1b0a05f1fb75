import { valueAt } from '../../src/shared/json';
import { startTestApp, type TestApp } from '../support/app';
import { eventually } from '../support/http';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { objectOf, textOf } from '../support/read';
import { endpointsOf, endWebhookPauses, relayed, webhooksIdle } from '../support/webhook-endpoints';
import {
  type Received,
  startWebhookListener,
  verified,
  type WebhookListener,
} from '../support/webhook-listener';

const PAID = ['payment.created', 'payment.open', 'payment.approvable', 'payment.paid'];

describe('webhooks', () => {
  let app: TestApp;
  let endpoints: ReturnType<typeof endpointsOf>;
  let listener: WebhookListener;
  beforeAll(async () => {
    app = await startTestApp({ settings: { DEMO: 'true' } });
    endpoints = endpointsOf(app);
  });
  beforeEach(async () => {
    listener = await startWebhookListener();
  });
  afterEach(async () => {
    await app.query('DELETE FROM webhooks.endpoints');
    await listener.close();
  });
  afterAll(() => app?.close());

  const typeOf = (one: Received) => textOf(one.body, 'type');
  const subjectOf = (one: Received) => textOf(one.body, 'data', 'id');
  const typesFor = (id: string) =>
    listener.received.filter((one) => subjectOf(one) === id).map(typeOf);
  const idOf = (one: Received) => String(one.headers['webhook-id']);

  function arrived(count: number): Promise<readonly Received[]> {
    return eventually(
      () => Promise.resolve(listener.received),
      (seen) => seen.length >= count,
    );
  }

  const deliveriesOf = (id: string, isDone: (all: readonly unknown[]) => boolean) =>
    eventually(() => endpoints.deliveries(id), isDone);
  const everyIs = (state: string) => (all: readonly unknown[]) =>
    all.length > 0 && all.every((one) => textOf(one, 'state') === state);

  it('tell a new endpoint everything about a payment, signed, in order and once', async () => {
    const { id, secret } = await endpoints.make({ url: listener.url });
    const paid = await payments.makePaid(app, 'paypal');
    const received = await arrived(PAID.length);
    expect(received.map(typeOf)).toEqual(PAID);
    for (const one of received) {
      expect(verified(one, secret)).toEqual(one.body);
      expect(one.headers).toMatchObject({ 'content-type': 'application/json' });
      expect(Object.keys(objectOf(one.body))).toEqual(['type', 'timestamp', 'data']);
      expect(textOf(one.body, 'timestamp')).toMatch(/^2\d{3}-.*\.\d{3}Z$/);
      expect(subjectOf(one)).toBe(paid.id);
    }
    expect(received.at(-1)?.body).toMatchObject({ data: { state: 'paid', amount: 1000 } });
    const told = await deliveriesOf(id, everyIs('delivered'));
    expect(told.map((one) => textOf(one, 'event'))).toEqual([...received].reverse().map(idOf));
    for (const one of told) {
      expect(one).toMatchObject({ attempts: 1, last_status: 200, last_error: null });
      expect(one).toMatchObject({ next_attempt_at: null });
      expect(textOf(one, 'delivered_at')).toMatch(/Z$/);
    }
  });

  it('are refused by a receiver with another secret', async () => {
    await endpoints.make({ url: listener.url });
    const other = await endpoints.make({ url: 'https://shop.example.com/', enabled: false });
    await payments.makePayment(app, 'paypal');
    const [first] = await arrived(1);
    if (!first) throw new Error('nothing arrived');
    expect(() => verified(first, other.secret)).toThrow('No matching signature');
  });

  it('send only the types that an endpoint wants', async () => {
    const { id } = await endpoints.make({ url: listener.url, event_types: ['payment.paid'] });
    const second = await startWebhookListener();
    await endpoints.make({ url: second.url, event_types: ['refund.*', 'payment.created'] });
    await payments.makePaid(app, 'paypal');
    await deliveriesOf(id, everyIs('delivered'));
    expect(listener.received.map(typeOf)).toEqual(['payment.paid']);
    await eventually(
      () => Promise.resolve(second.received),
      (seen) => seen.length > 0,
    );
    expect(second.received.map(typeOf)).toEqual(['payment.created']);
    await second.close();
  });

  it('tell why something failed', async () => {
    await endpoints.make({ url: listener.url, event_types: ['payment.approval_failed'] });
    const { id } = await payments.makePressed(app, 'paypal', 'decline');
    payments.expectProblem(await payments.command(app, id, 'approve'), 409, 'payment_declined');
    const [failed] = await arrived(1);
    expect(failed?.body).toMatchObject({
      type: 'payment.approval_failed',
      data: { id, state: 'open', actor: 'test-user', reason: { code: 'INSTRUMENT_DECLINED' } },
    });
  });

  it('tell nothing of what happened before there was an endpoint', async () => {
    const before = await payments.makePaid(app, 'paypal');
    const { id } = await endpoints.make({ url: listener.url });
    const after = await payments.makePayment(app, 'paypal');
    await arrived(2);
    await relayed(app);
    expect(typesFor(before.id)).toEqual([]);
    expect(typesFor(after.id)).toEqual(['payment.created', 'payment.open']);
    expect(await endpoints.deliveries(id)).toHaveLength(2);
  });

  it('keep the order of a payment while an earlier one fails, and hold up no other payment', async () => {
    const { id } = await endpoints.make({ url: listener.url });
    listener.answer = () => ({ status: 500 });
    const first = await payments.makePayment(app, 'paypal');
    await deliveriesOf(id, (all) => all.length === 2 && valueAt(all[1], 'attempts') === 1);
    listener.answer = (one) => ({ status: subjectOf(one) === first.id ? 500 : 200 });
    payments.expectStatus(await payments.command(app, first.id, 'cancel'), 200);
    const other = await payments.makePaid(app, 'paypro');
    await eventually(
      () => Promise.resolve(typesFor(other.id)),
      (types) => types.includes('payment.paid'),
    );
    await webhooksIdle(app);
    expect(typesFor(first.id)).toEqual(['payment.created']);
    listener.answer = () => ({ status: 200 });
    await endWebhookPauses(app);
    await deliveriesOf(id, everyIs('delivered'));
    expect(typesFor(first.id)).toEqual([
      'payment.created',
      'payment.created',
      'payment.open',
      'payment.canceled',
    ]);
  });

  it('try again with growing pauses and the same id and body, then give up and go on', async () => {
    const { id, secret } = await endpoints.make({ url: listener.url });
    listener.answer = (one) => ({
      status: typeOf(one) === 'payment.created' ? 503 : 200,
      text: 'the receiver says something secret',
    });
    const { id: paymentId } = await payments.makePayment(app, 'paypal');
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 10; attempt++) {
      await eventually(
        () => oldest(id),
        (one) => valueAt(one, 'attempts') === attempt,
      );
      pauses.push(await pauseOfOldest());
      await endWebhookPauses(app);
    }
    const minimum = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400];
    minimum.forEach((seconds, index) => {
      expect(pauses[index]).toBeGreaterThan(seconds - 3);
      expect(pauses[index]).toBeLessThanOrEqual(seconds * 1.1 + 1);
    });
    expect(await oldest(id)).toMatchObject({
      state: 'failed',
      attempts: 10,
      next_attempt_at: null,
      last_status: 503,
      last_error: 'It answered 503.',
    });
    await eventually(
      () => Promise.resolve(typesFor(paymentId)),
      (types) => types.includes('payment.open'),
    );
    const tries = listener.received.filter((one) => typeOf(one) === 'payment.created');
    expect(tries).toHaveLength(10);
    expect(new Set(tries.map(idOf)).size).toBe(1);
    expect(new Set(tries.map(({ text }) => text)).size).toBe(1);
    for (const one of tries) verified(one, secret);
  }, 60_000);

  const oldest = async (id: string) => (await endpoints.deliveries(id)).at(-1);

  async function pauseOfOldest(): Promise<number> {
    const [row] = await app.query(
      `SELECT extract(epoch FROM next_attempt_at - now())::float AS pause FROM webhooks.deliveries
       ORDER BY subject_seq LIMIT 1`,
    );
    return Number(row?.['pause'] ?? 0);
  }

  it('come later where the receiver asks for it', async () => {
    const { id } = await endpoints.make({ url: listener.url, event_types: ['payment.created'] });
    listener.answer = () => ({ status: 429, headers: { 'retry-after': '120' } });
    await payments.makePayment(app, 'paypal');
    await deliveriesOf(id, (all) => all.some((one) => valueAt(one, 'attempts') === 1));
    const pause = await pauseOfOldest();
    expect(pause).toBeGreaterThan(117);
    expect(pause).toBeLessThan(133);
  });

  it('follow no redirect', async () => {
    const target = await startWebhookListener();
    const { id } = await endpoints.make({ url: listener.url, event_types: ['payment.created'] });
    listener.answer = () => ({ status: 307, headers: { location: target.url } });
    await payments.makePayment(app, 'paypal');
    const [told] = await deliveriesOf(id, (all) => valueAt(all[0], 'attempts') === 1);
    expect(told).toMatchObject({
      state: 'pending',
      last_status: 307,
      last_error: 'It answered 307; redirects are not followed.',
    });
    expect(target.connections()).toBe(0);
    await target.close();
  });

  it('end with 410: the endpoint is disabled with its reason and told nothing more', async () => {
    const { id } = await endpoints.make({ url: listener.url });
    listener.answer = () => ({ status: 410 });
    await payments.makePayment(app, 'paypal');
    const shown = await eventually(
      () => endpoints.as('GET', `/${id}`),
      ({ body }) => valueAt(body, 'enabled') === false,
    );
    expect(shown.body).toMatchObject({
      enabled: false,
      disabled_reason: 'The receiver answered 410 (gone).',
    });
    await relayed(app);
    await endWebhookPauses(app);
    await payments.makePayment(app, 'paypal');
    await relayed(app);
    expect(listener.received.map(typeOf)).toEqual(['payment.created']);
    const states = (await endpoints.deliveries(id)).map((one) => textOf(one, 'state'));
    expect(states).toEqual(['pending', 'failed']);
    listener.answer = () => ({ status: 200 });
    const enabled = await endpoints.as('PATCH', `/${id}`, { enabled: true });
    expect(enabled.body).toMatchObject({ enabled: true, disabled_reason: null });
    await arrived(2);
    expect(listener.received.map(typeOf)).toEqual(['payment.created', 'payment.open']);
  });

  it('are sent once when their endpoint is disabled and enabled while they are on their way', async () => {
    const { id } = await endpoints.make({ url: listener.url });
    listener.answer = () => ({ status: 200, delayMs: 1_500 });
    await payments.makePayment(app, 'paypal');
    await arrived(1);
    await endpoints.as('PATCH', `/${id}`, { enabled: false });
    await endpoints.as('PATCH', `/${id}`, { enabled: true });
    await deliveriesOf(id, (all) => all.length === 2 && everyIs('delivered')(all));
    await webhooksIdle(app);
    expect(listener.received.map(typeOf)).toEqual(['payment.created', 'payment.open']);
  });

  it('go to the new URL when the endpoint moves while they are on their way', async () => {
    const { id } = await endpoints.make({ url: listener.url, event_types: ['payment.created'] });
    const fresh = await startWebhookListener();
    listener.answer = () => ({ status: 410, delayMs: 1_500 });
    await payments.makePayment(app, 'paypal');
    await arrived(1);
    payments.expectStatus(await endpoints.as('PATCH', `/${id}`, { url: fresh.url }), 200);
    await deliveriesOf(id, everyIs('delivered'));
    expect(fresh.received.map(typeOf)).toEqual(['payment.created']);
    await fresh.close();
  });

  it('leave an endpoint enabled whose old URL answers 410 after it was given another one', async () => {
    const { id } = await endpoints.make({ url: listener.url, event_types: ['payment.created'] });
    const fresh = await startWebhookListener();
    const goneBefore = app.log.filter(({ status }) => status === 410).length;
    listener.answer = () => ({ status: 410, delayMs: 1_500 });
    await payments.makePayment(app, 'paypal');
    await arrived(1);
    payments.expectStatus(await endpoints.as('PATCH', `/${id}`, { url: fresh.url }), 200);
    await eventually(
      () => Promise.resolve(app.log.filter(({ status }) => status === 410)),
      (lines) => lines.length > goneBefore,
    );
    expect((await endpoints.as('GET', `/${id}`)).body).toMatchObject({ enabled: true });
    await fresh.close();
  });

  it('are signed with both secrets for a day after a rotation, then with the new one', async () => {
    const { id, secret } = await endpoints.make({ url: listener.url });
    const rotated = await endpoints.as('POST', `/${id}/rotate-secret`, {});
    const fresh = textOf(rotated.body, 'secret');
    expect(fresh).not.toBe(secret);
    await payments.makePayment(app, 'paypal');
    await arrived(2);
    for (const one of listener.received) {
      verified(one, secret);
      verified(one, fresh);
    }
    await app.query('UPDATE webhooks.endpoints SET previous_secret_until = now()');
    await payments.makePayment(app, 'paypal');
    await arrived(4);
    for (const one of listener.received.slice(2)) {
      verified(one, fresh);
      expect(() => verified(one, secret)).toThrow('No matching signature');
    }
  });

  it('are sent again when staff ask for one, whatever became of it', async () => {
    const { id } = await endpoints.make({ url: listener.url });
    await payments.makePayment(app, 'paypal');
    const [, first] = await deliveriesOf(
      id,
      (all) => all.length === 2 && everyIs('delivered')(all),
    );
    const path = `/${id}/deliveries/${textOf(first, 'id')}/redeliver`;
    const asked = await endpoints.as('POST', path, {}, { 'idempotency-key': 'again-1' });
    expect(asked).toMatchObject({ status: 200, body: { state: 'pending', attempts: 0 } });
    const repeated = await endpoints.as('POST', path, {}, { 'idempotency-key': 'again-1' });
    expect(repeated.headers['idempotent-replayed']).toBe('true');
    const received = await arrived(3);
    await deliveriesOf(id, everyIs('delivered'));
    await relayed(app);
    expect(received.map(typeOf)).toEqual(['payment.created', 'payment.open', 'payment.created']);
    expect(received.map(idOf)[2]).toBe(textOf(first, 'event'));
  });

  it('that wait a day to be tried again go out now when staff ask, and those behind them follow', async () => {
    const { id } = await endpoints.make({ url: listener.url });
    listener.answer = () => ({ status: 503, headers: { 'retry-after': '86400' } });
    await payments.makePayment(app, 'paypal');
    const [, first] = await deliveriesOf(
      id,
      (all) => all.length === 2 && valueAt(all[1], 'attempts') === 1,
    );
    listener.answer = () => ({ status: 200 });
    await endpoints.as('POST', `/${id}/deliveries/${textOf(first, 'id')}/redeliver`, {});
    await deliveriesOf(id, everyIs('delivered'));
    expect(listener.received.map(typeOf).slice(-2)).toEqual(
      expect.arrayContaining(['payment.created', 'payment.open']),
    );
  });

  it('keep the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
