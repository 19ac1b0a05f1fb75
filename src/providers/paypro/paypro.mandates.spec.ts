import { type ProviderReply } from '../provider-reply';
import { readMandate, readMandatePage } from './paypro.mandates.wire';
import { toMandateResult } from './paypro.mandates';

/** As recorded by PayPro's own clients. */
const RECORDED = {
  id: 'MD6ULYXJ4HP9RJ',
  type: 'mandate',
  state: 'approved',
  pay_method: 'direct-debit',
  customer: 'CUWSWVVPTL94VX',
  created_at: '2024-03-11T16:59:06Z',
  _links: { self: 'http://api.paypro.test:3000/mandates/MD6ULYXJ4HP9RJ' },
};

const answer = (body: unknown): ProviderReply => ({
  kind: 'answer',
  status: 200,
  headers: {},
  body,
});

describe('a mandate of PayPro', () => {
  it('is read as it was recorded', () => {
    expect(toMandateResult(answer(RECORDED))).toEqual({
      outcome: 'done',
      value: {
        mandateId: 'MD6ULYXJ4HP9RJ',
        state: 'approved',
        providerState: 'approved',
        providerCustomer: 'CUWSWVVPTL94VX',
        payMethod: 'direct-debit',
        createdAt: new Date('2024-03-11T16:59:06Z'),
      },
    });
  });

  it.each([
    ['pending', 'pending'],
    ['approved', 'approved'],
    ['revoked', 'unknown'],
    ['Approved', 'unknown'],
  ])('in the state %s is %s', (word, state) => {
    const result = toMandateResult(answer({ ...RECORDED, state: word }));
    expect(result).toMatchObject({ value: { state, providerState: word } });
  });

  it('may lack all but its id and state', () => {
    expect(readMandate({ id: 'MD1', state: 'pending' })).toEqual({
      id: 'MD1',
      state: 'pending',
      customer: null,
      pay_method: null,
      created_at: null,
    });
    expect(readMandate({ ...RECORDED, pay_method: { id: 'creditcard' } })).toMatchObject({
      pay_method: 'creditcard',
    });
  });

  it.each([
    [{ ...RECORDED, id: undefined }],
    [{ ...RECORDED, state: null }],
    [{ ...RECORDED, type: 'payment' }],
    ['MD1'],
    [null],
  ])('is not %j', (body) => {
    expect(readMandate(body)).toBeUndefined();
    expect(toMandateResult(answer(body))).toMatchObject({ outcome: 'unknown' });
  });

  it('makes a list unreadable that it is unreadable in', () => {
    const page = { data: [RECORDED], _links: {} };
    expect(readMandatePage(page)).toMatchObject({ mandates: [{ id: RECORDED.id }] });
    expect(readMandatePage({ ...page, data: [RECORDED, { id: 'MD2' }] })).toBeUndefined();
    expect(
      readMandatePage({ ...page, _links: { next: 'https://api.paypro.nl/' } }),
    ).toBeUndefined();
    expect(readMandatePage({ mandates: [] })).toBeUndefined();
  });
});
