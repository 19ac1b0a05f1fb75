import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRefund, readRefundPage } from './paypro.refunds.wire';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, 'fixtures', name), 'utf8'));

describe('reading a refund', () => {
  it('takes what PayPro recorded', () => {
    expect(readRefund(fixture('refund-processing.json'))).toEqual({
      id: 'PRNAUYTZ727UED',
      state: 'processing',
      amount: 2000n,
      currency: 'EUR',
      reason: null,
      payment: 'PPSKN6FAN8KNE1',
      created_at: new Date('2023-12-11T14:53:48Z'),
    });
  });

  it('needs an id and a state, and nothing else', () => {
    expect(readRefund({ id: 'PR1', state: 'open' })).toEqual({
      id: 'PR1',
      state: 'open',
      amount: null,
      currency: null,
      reason: null,
      payment: null,
      created_at: null,
    });
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'PR1'],
    ['a list', [{ id: 'PR1', state: 'open' }]],
    ['no id', { state: 'open' }],
    ['no state', { id: 'PR1' }],
    ['an empty state', { id: 'PR1', state: '' }],
    ['a payment', { id: 'PP1', state: 'paid', type: 'payment' }],
    ['an error', { error: { type: 'invalid_request', message: 'No' } }],
  ])('finds none in %s', (_what, body) => {
    expect(readRefund(body)).toBeUndefined();
  });

  it.each(['2000', 20.5, -1, 2 ** 53, null, Number.NaN])('takes no amount from %p', (amount) => {
    expect(readRefund({ id: 'PR1', state: 'open', amount })).toMatchObject({ amount: null });
  });
});

describe('reading a page of refunds', () => {
  it('takes what PayPro recorded', () => {
    const page = readRefundPage(fixture('refund-list.json'));
    expect(page?.refunds.map(({ id }) => id)).toEqual(['PRNAUYTZ727UED']);
    expect(page?.nextCursor).toBeNull();
  });

  it('takes nothing but the cursor from the link to the next page', () => {
    const next = 'https://evil.example/x?cursor=c2';
    expect(readRefundPage({ data: [], _links: { next } })).toEqual({
      refunds: [],
      nextCursor: 'c2',
    });
  });

  it.each([
    ['no list', {}],
    ['something that is no refund in it', { data: [{ id: 'PR1', state: 'open' }, {}] }],
    ['a payment in it', { data: [{ id: 'PP1', state: 'paid', type: 'payment' }] }],
    ['a next page and no way to it', { data: [], _links: { next: 'https://x.example/' } }],
  ])('is not possible with %s', (_what, body) => {
    expect(readRefundPage(body)).toBeUndefined();
  });
});
