import { type ProviderRequest } from '../provider-http';
import { type ProviderReply } from '../provider-reply';
import { PayproClient } from './paypro.client';
import { listRefunds } from './paypro.refund-list';

const refund = (id: string, more: object = {}) => ({
  id,
  type: 'refund',
  state: 'open',
  amount: 1,
  currency: 'EUR',
  payment: 'PP1',
  ...more,
});

const answer = (status: number, body: unknown): ProviderReply => ({
  kind: 'answer',
  status,
  headers: {},
  body,
});

const page = (ids: readonly string[], cursor?: string) =>
  answer(200, {
    data: ids.map((id) => refund(id)),
    _links: cursor === undefined ? {} : { next: `https://evil.example/x?cursor=${cursor}` },
  });

/** Lists where PayPro gives these replies in turn, and the last one from then on, each after so long. */
async function list(replies: readonly [ProviderReply, ...ProviderReply[]], pageMs = 0) {
  const asked: ProviderRequest[] = [];
  let nowMs = 0;
  const clock = { now: () => new Date(nowMs) };
  const send = (request: ProviderRequest): Promise<ProviderReply> => {
    nowMs += pageMs;
    const index = Math.min(asked.push(request), replies.length) - 1;
    return Promise.resolve(replies[index] ?? replies[0]);
  };
  const result = await listRefunds({ client: new PayproClient({ send }, 'pp_key'), clock }, 'PP1');
  return { result, asked, ids: result.outcome === 'done' ? result.value.map(idOf) : null };
}

const idOf = ({ refundId }: { refundId: string }) => refundId;

describe('listing the refunds of a payment at PayPro', () => {
  it('reads every page, by the cursor alone', async () => {
    const { ids, asked } = await list([page(['PR3', 'PR2'], 'c/2'), page(['PR1'])]);
    expect(ids).toEqual(['PR3', 'PR2', 'PR1']);
    expect(asked.map(({ path }) => path)).toEqual([
      '/payments/PP1/refunds?limit=100',
      '/payments/PP1/refunds?limit=100&cursor=c%2F2',
    ]);
  });

  it('is sure that there are none', async () => {
    expect((await list([page([])])).ids).toEqual([]);
  });

  it('is not found for a payment that PayPro does not know', async () => {
    expect((await list([answer(404, {})])).result.outcome).toBe('not_found');
  });

  it('is unknown when a later page is not there', async () => {
    expect((await list([page(['PR2'], 'c2'), answer(404, {})])).result.outcome).toBe('unknown');
  });

  it.each<[string, ProviderReply, string]>([
    ['fails', answer(500, {}), 'http_500'],
    ['cannot be read', answer(200, undefined), 'unreadable_answer'],
    ['shows no amount', answer(200, { data: [{ id: 'PR1', state: 'open' }] }), 'answer_incomplete'],
  ])('is unknown when a page %s, whatever came before', async (_what, bad, code) => {
    const { result } = await list([page(['PR2'], 'c2'), bad]);
    expect(result).toMatchObject({ outcome: 'unknown', trouble: { code } });
  });

  it('passes on that the key is not accepted, or that it is too early', async () => {
    expect((await list([answer(401, {})])).result).toMatchObject({ refusal: { kind: 'merchant' } });
    expect((await list([answer(429, {})])).result.outcome).toBe('not_sent');
  });

  it('stops after ten pages and says nothing', async () => {
    const { result, asked } = await list([page(['PR1'], 'again')]);
    expect(result).toMatchObject({ outcome: 'unknown', trouble: { code: 'too_many_pages' } });
    expect(asked).toHaveLength(10);
  });

  it('stops after half a minute, and waits for no page longer than that', async () => {
    const { result, asked } = await list([page(['PR1'], 'again')], 7_000);
    expect(result).toMatchObject({ outcome: 'unknown', trouble: { code: 'list_timeout' } });
    expect(asked.map(({ timeoutMs }) => timeoutMs)).toEqual([8_000, 8_000, 8_000, 8_000, 2_000]);
  });
});
