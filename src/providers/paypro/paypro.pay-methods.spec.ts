import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Money } from '../../shared/money/money';
import { type ProviderReply } from '../provider-reply';
import { PayproClient } from './paypro.client';
import { PayproPayMethods, readPayMethods } from './paypro.pay-methods';

const recorded: unknown = JSON.parse(
  readFileSync(join(__dirname, 'fixtures', 'pay-method-list.json'), 'utf8'),
);

const method = {
  id: 'bancontact',
  type: 'pay_method',
  name: 'Bancontact',
  currencies: ['EUR'],
  minimum_amount: 25,
  maximum_amount: 90_000,
  details: null,
};

const listOf = (...changes: readonly object[]) => ({
  type: 'list',
  data: changes.map((change) => ({ ...method, ...change })),
  _links: { self: 'https://api.paypro.nl/payments' },
});

describe("reading PayPro's pay methods", () => {
  it('reads a recorded list with its limits in cents', () => {
    expect(readPayMethods(recorded)).toEqual([
      {
        id: 'ideal',
        name: 'iDEAL',
        currencies: ['EUR'],
        minimum: Money.of(10n, 'EUR'),
        maximum: Money.of(5_000_000n, 'EUR'),
      },
    ]);
  });

  it('reads an empty list: nothing is switched on', () => {
    expect(readPayMethods(listOf())).toEqual([]);
  });

  it.each([null, undefined])('reads %s as no limit', (none) => {
    const body = listOf({ minimum_amount: none, maximum_amount: none });
    expect(readPayMethods(body)).toMatchObject([{ minimum: null, maximum: null }]);
  });

  it('knows no limits where it cannot be told which currency they are in', () => {
    const body = listOf({ currencies: ['EUR', 'USD'] });
    expect(readPayMethods(body)).toMatchObject([
      { currencies: ['EUR', 'USD'], minimum: null, maximum: null },
    ]);
  });

  it('calls a method without a name by its id', () => {
    expect(readPayMethods(listOf({ name: null }))).toMatchObject([{ name: 'bancontact' }]);
  });

  it.each([
    ['no list', {}],
    ['a list of something else', listOf({ id: undefined })],
    ['a limit that is a text', listOf({ minimum_amount: '25' })],
    ['a limit with a fraction of a cent', listOf({ maximum_amount: 0.5 })],
    ['a limit below zero', listOf({ minimum_amount: -1 })],
    ['no currencies', listOf({ currencies: [] })],
    ['currencies that are no list', listOf({ currencies: 'EUR' })],
    ['a currency that ISO does not list', listOf({ currencies: ['EUR', 'EURO'] })],
    ['one unreadable method among good ones', listOf({}, { id: 7 })],
    [
      'only the first part',
      { ...listOf({}), _links: { next: 'https://api.paypro.nl/x?cursor=c' } },
    ],
  ])('does not take %s for the whole list', (_what, body) => {
    expect(readPayMethods(body)).toBeUndefined();
  });
});

describe("asking for PayPro's pay methods", () => {
  const asking = (status: number, body: unknown) => {
    const reply: ProviderReply = { kind: 'answer', status, headers: {}, body };
    const client = new PayproClient({ send: () => Promise.resolve(reply) }, 'pp_key');
    return new PayproPayMethods(client).list();
  };

  it('says that nobody knows when the list is not there or cannot be read', async () => {
    expect(await asking(404, { error: {} })).toMatchObject({ outcome: 'unknown' });
    expect(await asking(200, { data: 'none' })).toMatchObject({
      outcome: 'unknown',
      trouble: { code: 'unreadable_answer' },
    });
  });

  it('says that the account needs attention when the key is not accepted', async () => {
    expect(await asking(401, { error: {} })).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'merchant' },
    });
  });
});
