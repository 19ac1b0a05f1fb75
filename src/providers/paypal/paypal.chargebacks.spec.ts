import { PayPalChargebacks, reversalsOfV2 } from './paypal.chargebacks';
import { reversalsOfV1 } from './v1/v1.refunds';
import { type PayPalReply } from './paypal.outcome';

const dispute = {
  dispute_id: 'PP-D-27803',
  create_time: '2026-11-20T09:00:00.000Z',
  disputed_transactions: [
    { seller_transaction_id: '3C679366HH908993F', buyer: { name: 'Walter Sobchak' } },
    { seller_transaction_id: '4C679366HH908993F' },
  ],
  reason: 'UNAUTHORISED',
  status: 'OPEN',
  dispute_amount: { currency_code: 'EUR', value: '4.00' },
  messages: [{ content: 'I never bought this' }],
};

const resolved = (outcome_code?: string) => ({
  ...dispute,
  status: 'RESOLVED',
  ...(outcome_code === undefined ? {} : { dispute_outcome: { outcome_code } }),
});

const reversal = {
  id: '1JU08902781691411',
  status: 'COMPLETED',
  amount: { currency_code: 'EUR', value: '2.50' },
  create_time: '2026-11-20T09:00:00Z',
  links: [{ rel: 'up', href: 'https://api.paypal.com/v2/payments/captures/3C679366HH908993F' }],
};

const NAMES = new Map([
  [403, 'NOT_AUTHORIZED'],
  [404, 'INVALID_RESOURCE_ID'],
]);

async function read(body: object, { status = 200 } = {}) {
  const asked: string[] = [];
  const reply: PayPalReply = { kind: 'answer', status, body, headers: {} };
  const answer = (what: string) => (id: string) => {
    asked.push(`${what} ${id}`);
    return Promise.resolve(reply);
  };
  const client = { getDispute: answer('dispute'), getRefund: answer('refund') };
  const id = 'dispute_id' in body ? dispute.dispute_id : reversal.id;
  const forgotten = () => Promise.resolve({ ...reply, status: 404, body: {} });
  const reversals = {
    first: reversalsOfV2(client),
    then: reversalsOfV1({ getRefund: forgotten }),
  };
  const result = await new PayPalChargebacks(client, reversals).read(id);
  return { asked, result };
}

describe('a dispute at PayPal', () => {
  it('names its captures, and takes nothing itself', async () => {
    const { asked, result } = await read(dispute);
    expect(asked).toEqual(['dispute PP-D-27803']);
    expect(result).toMatchObject({
      outcome: 'done',
      value: {
        chargebackId: 'PP-D-27803',
        amount: { minor: 400n, currency: 'EUR' },
        taken: { minor: 0n, currency: 'EUR' },
        paymentId: null,
        captureIds: ['3C679366HH908993F', '4C679366HH908993F'],
        reason: 'UNAUTHORISED',
        createdAt: new Date('2026-11-20T09:00:00Z'),
      },
    });
  });

  it('is kept without what people wrote and who they are', async () => {
    const { result } = await read(dispute);
    const kept = JSON.stringify(result.outcome === 'done' ? result.value.raw : null);
    expect(kept).toContain('3C679366HH908993F');
    expect(kept).not.toMatch(/Sobchak|never bought/);
  });

  it.each([
    [dispute, 'OPEN', 'open'],
    [{ ...dispute, status: 'WAITING_FOR_BUYER_RESPONSE' }, 'WAITING_FOR_BUYER_RESPONSE', 'open'],
    [{ ...dispute, status: 'WAITING_FOR_SELLER_RESPONSE' }, 'WAITING_FOR_SELLER_RESPONSE', 'open'],
    [{ ...dispute, status: 'UNDER_REVIEW' }, 'UNDER_REVIEW', 'open'],
    [{ ...dispute, status: 'OTHER' }, 'OTHER', 'unknown'],
    [resolved('RESOLVED_BUYER_FAVOUR'), 'RESOLVED_BUYER_FAVOUR', 'lost'],
    [resolved('RESOLVED_SELLER_FAVOUR'), 'RESOLVED_SELLER_FAVOUR', 'won'],
    [resolved('CANCELED_BY_BUYER'), 'CANCELED_BY_BUYER', 'won'],
    [resolved('RESOLVED_WITH_PAYOUT'), 'RESOLVED_WITH_PAYOUT', 'unknown'],
    [resolved('ACCEPTED'), 'ACCEPTED', 'unknown'],
    [resolved('OPEN'), 'OPEN', 'unknown'],
    [resolved(), 'RESOLVED', 'unknown'],
  ])('%#: is %s', async (body, providerState, state) => {
    const { result } = await read(body);
    expect(result).toMatchObject({ outcome: 'done', value: { providerState, state } });
  });

  it('without its amount is not known', async () => {
    const { result } = await read({ ...dispute, dispute_amount: { value: '4.00' } });
    expect(result).toMatchObject({ outcome: 'unknown', trouble: { code: 'answer_incomplete' } });
  });
});

describe('a reversal at PayPal', () => {
  it.each([
    ['COMPLETED', 'lost', 250n],
    ['PENDING', 'open', 0n],
    ['FAILED', 'won', 0n],
    ['CANCELLED', 'won', 0n],
  ])('that is %s is %s', async (status, state, minor) => {
    const { asked, result } = await read({ ...reversal, status });
    expect(asked).toEqual([`refund ${reversal.id}`]);
    expect(result).toMatchObject({
      outcome: 'done',
      value: {
        chargebackId: reversal.id,
        state,
        providerState: status,
        amount: { minor: 250n, currency: 'EUR' },
        taken: { minor, currency: 'EUR' },
        captureIds: ['3C679366HH908993F'],
      },
    });
  });

  it('in a word that nobody knows has taken nobody knows what', async () => {
    const { result } = await read({ ...reversal, status: 'SOMETHING_NEW' });
    expect(result).toMatchObject({ outcome: 'done', value: { state: 'unknown', taken: null } });
  });

  it.each(['custom_id', 'invoice_id'])('is none when its %s says that we asked', async (name) => {
    const { result } = await read({ ...reversal, [name]: 'ref_01kjn50000e00800000000001' });
    expect(result).toMatchObject({ outcome: 'not_found', trouble: { code: 'own_refund' } });
  });

  it('without its amount is not known', async () => {
    const { result } = await read({ id: reversal.id, status: 'COMPLETED' });
    expect(result).toMatchObject({ outcome: 'unknown', trouble: { code: 'answer_incomplete' } });
  });

  describe('whose id does not tell which API knows it', () => {
    const sale = {
      id: '4CF18861HF410323U',
      state: 'completed',
      amount: { total: '2.50', currency: 'EUR' },
      sale_id: '36C38912MN9658832',
      parent_payment: 'PAYID-1',
    };
    const saysStatus = (
      status: number,
      body: object = { name: NAMES.get(status) },
    ): PayPalReply => ({
      kind: 'answer',
      status,
      body,
      headers: {},
    });

    async function readBoth(v2: PayPalReply, v1: PayPalReply) {
      const asked: string[] = [];
      const clientOf = (name: string, reply: PayPalReply) => ({
        getRefund: () => {
          asked.push(name);
          return Promise.resolve(reply);
        },
        getDispute: () => Promise.reject(new Error('no dispute')),
      });
      const v2Client = clientOf('v2', v2);
      const reversals = {
        first: reversalsOfV2(v2Client),
        then: reversalsOfV1(clientOf('v1', v1)),
      };
      const result = await new PayPalChargebacks(v2Client, reversals).read(sale.id);
      return { asked, result };
    }

    it('is looked for in the other one as well', async () => {
      const { asked, result } = await readBoth(saysStatus(404), saysStatus(200, sale));
      expect(asked).toEqual(['v2', 'v1']);
      expect(result).toMatchObject({
        outcome: 'done',
        value: {
          chargebackId: sale.id,
          state: 'lost',
          taken: { minor: 250n, currency: 'EUR' },
          captureIds: ['36C38912MN9658832'],
        },
      });
    });

    it('is not known where neither knows it, or the other may not be called', async () => {
      for (const status of [404, 403]) {
        const { result } = await readBoth(saysStatus(404), saysStatus(status));
        expect(result.outcome).toBe('not_found');
      }
    });

    it('is looked for once more later where the other one gives no answer', async () => {
      const { result } = await readBoth(saysStatus(404), saysStatus(500));
      expect(result.outcome).toBe('unknown');
    });

    it('is asked for once where the first says that it is a refund of ours', async () => {
      const ours = { ...reversal, id: sale.id, custom_id: 'ref_01kjn50000e00800000000001' };
      const { asked } = await readBoth(saysStatus(200, ours), saysStatus(200, sale));
      expect(asked).toEqual(['v2']);
    });
  });
});
