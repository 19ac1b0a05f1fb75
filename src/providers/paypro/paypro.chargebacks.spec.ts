import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectAt } from '../../shared/json';
import { PayproChargebacks } from './paypro.chargebacks';

const file = join(__dirname, 'fixtures/chargeback-completed.json');
const completed = objectAt(JSON.parse(readFileSync(file, 'utf8')));

async function read(body: object, { status = 200 } = {}) {
  const reply = { kind: 'answer', status, body, headers: {} } as const;
  const client = { getChargeback: () => Promise.resolve(reply) };
  return new PayproChargebacks(client).read('PCV4U1P3UZTQPU');
}

describe('a chargeback at PayPro', () => {
  it('is read as it was recorded', async () => {
    expect(await read(completed)).toMatchObject({
      outcome: 'done',
      value: {
        chargebackId: 'PCV4U1P3UZTQPU',
        state: 'lost',
        providerState: 'completed',
        amount: { minor: 1500n, currency: 'EUR' },
        taken: { minor: 1500n, currency: 'EUR' },
        paymentId: 'PPJ8C04F07VCXA',
        captureIds: [],
        reason: 'MD06',
        createdAt: new Date('2023-12-11T08:27:58Z'),
        raw: completed,
      },
    });
  });

  it.each([
    ['pending', 'open', 0n],
    ['completed', 'lost', 1500n],
    ['reversed', 'won', 0n],
  ])('that is %s is %s', async (state, ours, minor) => {
    const result = await read({ ...completed, state });
    expect(result).toMatchObject({ outcome: 'done', value: { state: ours, taken: { minor } } });
  });

  it('in a word that nobody knows has taken nobody knows what', async () => {
    const result = await read({ ...completed, state: 'disputed' });
    const value = { state: 'unknown', providerState: 'disputed', taken: null };
    expect(result).toMatchObject({ outcome: 'done', value });
  });

  it.each([
    ['its amount', { amount: null }],
    ['a whole amount', { amount: 15.5 }],
    ['a currency', { currency: 'euro' }],
  ])('without %s is not known', async (_, change) => {
    const result = await read({ ...completed, ...change });
    expect(result).toMatchObject({ outcome: 'unknown', trouble: { code: 'answer_incomplete' } });
  });

  it.each([
    ['a refund', { type: 'refund' }],
    ['nothing with an id', { id: undefined }],
    ['nothing with a state', { state: '' }],
  ])('is not %s', async (_, change) => {
    expect(await read({ ...completed, ...change })).toMatchObject({ outcome: 'unknown' });
  });

  it('has no reason and no payment where the answer names none', async () => {
    const { id, state, amount, currency } = completed;
    const result = await read({ id, state, amount, currency });
    const value = { reason: null, paymentId: null, createdAt: null };
    expect(result).toMatchObject({ outcome: 'done', value });
  });

  it('that is not there is not found', async () => {
    expect(await read({}, { status: 404 })).toMatchObject({ outcome: 'not_found' });
  });
});
