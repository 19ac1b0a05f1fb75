import { Money } from '../../shared/money/money';
import { PayPalHolds } from './paypal.holds';
import { type PayPalReply } from './paypal.outcome';

const trouble = { code: 'timeout', message: 'Slow.', reference: null };
const silence: PayPalReply = { kind: 'unknown', trouble };
const amount = { currency_code: 'EUR', value: '10.00' };
const TEN = Money.of(1000n, 'EUR');

const authorization = {
  id: 'AUTH1',
  status: 'CREATED',
  amount,
  custom_id: 'pay_01',
  create_time: '2026-08-01T10:00:00Z',
  expiration_time: '2026-08-30T10:00:00Z',
};
const part = {
  id: 'CAP1',
  status: 'COMPLETED',
  amount: { currency_code: 'EUR', value: '4.00' },
  invoice_id: 'pay_01-1',
};
const held = orderWith({ authorizations: [authorization] });
const taken = orderWith({
  authorizations: [{ ...authorization, status: 'PARTIALLY_CAPTURED' }],
  captures: [part],
});
const voided = orderWith({ authorizations: [{ ...authorization, status: 'VOIDED' }] });
const agreed = answer(200, { id: 'ORDER1', status: 'APPROVED', purchase_units: [unit()] });
const order = { providerId: 'ORDER1', key: 'key-1', amount: TEN };
const toVoid = { ...order, reference: 'pay_01' };
const toTake = {
  ...order,
  holdId: 'AUTH1',
  amount: Money.of(400n, 'EUR'),
  reference: 'pay_01-1',
  isFinal: false,
};

describe('holding money at PayPal', () => {
  it('reads amount and reference after a short answer', async () => {
    const short = answer(201, {
      id: 'ORDER1',
      status: 'COMPLETED',
      purchase_units: [{ payments: { authorizations: [{ ...authorization, custom_id: null }] } }],
    });
    const { holds, asked } = open({ authorizeOrder: short, getOrder: held });
    await expect(holds.authorize(order)).resolves.toMatchObject({
      outcome: 'done',
      value: { state: 'authorized', amount: TEN, reference: 'pay_01' },
    });
    expect(asked).toEqual(['authorize ORDER1 key-1', 'read ORDER1']);
  });

  it.each(['ORDER_ALREADY_AUTHORIZED', 'ORDER_COMPLETED_OR_VOIDED', 'DUPLICATE_INVOICE_ID'])(
    '%s is done when the order shows the hold',
    async (code) => {
      const { holds } = open({ authorizeOrder: issue(422, code), getOrder: held });
      await expect(holds.authorize(order)).resolves.toMatchObject({
        outcome: 'done',
        value: { hold: { holdId: 'AUTH1' } },
      });
    },
  );

  it.each([
    ['ORDER_ALREADY_AUTHORIZED', agreed, 'unknown'],
    ['ORDER_ALREADY_AUTHORIZED', silence, 'unknown'],
    ['DUPLICATE_INVOICE_ID', silence, 'unknown'],
    ['DUPLICATE_INVOICE_ID', agreed, 'refused'],
    ['ORDER_NOT_APPROVED', agreed, 'refused'],
    ['A_NEW_WORD', held, 'unknown'],
  ])('%s is not done when the order does not show it', async (code, getOrder, outcome) => {
    const { holds } = open({ authorizeOrder: issue(422, code), getOrder });
    await expect(holds.authorize(order)).resolves.toMatchObject({ outcome });
  });

  it('success without a hold is unknown until the order shows one', async () => {
    const bare = answer(201, { id: 'ORDER1', status: 'COMPLETED' });
    const confirmed = open({ authorizeOrder: bare, getOrder: held });
    await expect(confirmed.holds.authorize(order)).resolves.toMatchObject({ outcome: 'done' });
    const silent = open({ authorizeOrder: bare, getOrder: agreed });
    await expect(silent.holds.authorize(order)).resolves.toMatchObject({
      outcome: 'unknown',
      trouble: { code: 'not_shown' },
    });
  });
});

describe('capturing a hold at PayPal', () => {
  it('names amount, reference and whether it is the last one', async () => {
    const { holds, bodies } = open({ captureHold: answer(201, part), getOrder: taken });
    await holds.capture({ ...toTake, isFinal: true });
    expect(bodies).toEqual([{ amount: part.amount, invoice_id: 'pay_01-1', final_capture: true }]);
  });

  it('finds its capture by id where PayPal keeps no invoice id', async () => {
    const bare = { ...part, invoice_id: null };
    const getOrder = orderWith({ authorizations: [authorization], captures: [bare] });
    const { holds } = open({ captureHold: answer(201, bare), getOrder });
    await expect(holds.capture(toTake)).resolves.toMatchObject({
      outcome: 'done',
      value: { captures: [{ captureId: 'CAP1', reference: 'pay_01-1' }] },
    });
  });

  it.each([
    'AUTHORIZATION_ALREADY_CAPTURED',
    'DUPLICATE_INVOICE_ID',
    'MAX_CAPTURE_AMOUNT_EXCEEDED',
    'MAX_CAPTURE_COUNT_EXCEEDED',
  ])('%s is done when the order shows our capture', async (code) => {
    const { holds } = open({ captureHold: issue(422, code), getOrder: taken });
    await expect(holds.capture(toTake)).resolves.toMatchObject({ outcome: 'done' });
  });

  it.each([
    ['AUTHORIZATION_ALREADY_CAPTURED', 'final'],
    ['MAX_CAPTURE_AMOUNT_EXCEEDED', 'request'],
    ['DUPLICATE_INVOICE_ID', 'final'],
    ['AUTHORIZATION_DENIED', 'final'],
    ['PAYER_CANNOT_PAY', 'payer'],
    ['PAYEE_ACCOUNT_RESTRICTED', 'merchant'],
  ])('%s is refused when the order does not', async (code, kind) => {
    const { holds } = open({ captureHold: issue(422, code), getOrder: held });
    await expect(holds.capture(toTake)).resolves.toMatchObject({
      outcome: 'refused',
      refusal: { code, kind },
    });
  });

  it.each([
    ['silence', silence],
    ['a capture of another order', orderWith({ captures: [part] }, 'ORDER2')],
    ['an order without our reference', orderWith({ captures: [part] }, 'ORDER1', {})],
  ])('is unknown when the read after it shows %s', async (_what, getOrder) => {
    const { holds } = open({ captureHold: answer(201, part), getOrder });
    await expect(holds.capture(toTake)).resolves.toMatchObject({ outcome: 'unknown' });
  });
});

describe('voiding a hold at PayPal', () => {
  it('voids the first authorization, not its renewal', async () => {
    const renewal = { ...authorization, id: 'AUTH2', create_time: '2026-08-05T10:00:00Z' };
    const both = orderWith({ authorizations: [renewal, authorization] });
    const { holds, asked } = open({ voidHold: answer(204, null), getOrder: [both, voided] });
    await expect(holds.void(toVoid)).resolves.toMatchObject({ value: { state: 'canceled' } });
    expect(asked).toEqual(['read ORDER1', 'void AUTH1', 'read ORDER1']);
  });

  it.each([
    ['a void without a body', answer(204, null)],
    ['a void with one', answer(200, { ...authorization, status: 'VOIDED' })],
    ['one that was voided before', issue(422, 'PREVIOUSLY_VOIDED')],
  ])('is done after %s', async (_what, voidHold) => {
    const { holds } = open({ voidHold, getOrder: [held, voided] });
    await expect(holds.void(toVoid)).resolves.toMatchObject({ outcome: 'done' });
  });

  it.each([
    ['PREVIOUSLY_CAPTURED', 'refused'],
    ['CANNOT_BE_VOIDED', 'refused'],
    ['PREVIOUS_REQUEST_IN_PROGRESS', 'unknown'],
  ])('%s is %s', async (code, outcome) => {
    const { holds } = open({ voidHold: issue(422, code), getOrder: [held, held] });
    await expect(holds.void(toVoid)).resolves.toMatchObject({ outcome });
  });

  it('is unknown while the order shows it as held', async () => {
    const { holds } = open({ voidHold: answer(204, null), getOrder: [held, held] });
    await expect(holds.void(toVoid)).resolves.toMatchObject({ outcome: 'unknown' });
  });

  it.each([
    ['reference', { reference: 'pay_02' }],
    ['amount', { amount: Money.of(900n, 'EUR') }],
  ])('of a payment of another %s sends nothing and shows it as it is', async (_what, changes) => {
    const { holds, asked } = open({ getOrder: held });
    await expect(holds.void({ ...toVoid, ...changes })).resolves.toMatchObject({
      outcome: 'done',
      value: { reference: 'pay_01', amount: TEN, hold: { state: 'held' } },
    });
    expect(asked).toEqual(['read ORDER1']);
  });

  it('is refused where nothing is held, and sends nothing', async () => {
    const { holds, asked } = open({ getOrder: agreed });
    await expect(holds.void(toVoid)).resolves.toMatchObject({
      outcome: 'refused',
      refusal: { code: 'no_hold' },
    });
    expect(asked).toEqual(['read ORDER1']);
  });
});

describe('renewing a hold at PayPal', () => {
  const renewal = { ...authorization, id: 'AUTH2', create_time: '2026-08-05T10:00:00Z' };
  const both = orderWith({ authorizations: [authorization, renewal] });
  const toRenew = { ...order, holdId: 'AUTH1' };

  it('renews the first authorization, not its renewal', async () => {
    const third = { ...renewal, id: 'AUTH3', create_time: '2026-08-09T10:00:00Z' };
    const all = orderWith({ authorizations: [third, authorization, renewal] });
    const { holds, asked } = open({ renewHold: answer(201, third), getOrder: [both, all] });
    await expect(holds.renew({ ...toRenew, holdId: 'AUTH2' })).resolves.toMatchObject({
      outcome: 'done',
      value: { hold: { holdId: 'AUTH3' } },
    });
    expect(asked).toEqual(['read ORDER1', 'renew AUTH1', 'read ORDER1']);
  });

  it('is done when the order shows another hold, whoever renewed it', async () => {
    const renewHold = issue(422, 'REAUTHORIZATION_NOT_SUPPORTED');
    const late = open({ renewHold, getOrder: [held, both] });
    await expect(late.holds.renew(toRenew)).resolves.toMatchObject({
      outcome: 'done',
      value: { hold: { holdId: 'AUTH2' } },
    });
    const early = open({ getOrder: both });
    await expect(early.holds.renew(toRenew)).resolves.toMatchObject({ outcome: 'done' });
    expect(early.asked).toEqual(['read ORDER1']);
  });

  it('that is declined is refused, and the payer’s turn', async () => {
    const denied = { ...renewal, status: 'DENIED' };
    const { holds } = open({ renewHold: answer(201, denied), getOrder: held });
    await expect(holds.renew(toRenew)).resolves.toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'payer', code: 'RENEWAL_DENIED' },
    });
  });

  it('is refused where nothing is held, and unknown where the order cannot be read', async () => {
    const free = open({ getOrder: agreed });
    await expect(free.holds.renew(toRenew)).resolves.toMatchObject({
      refusal: { code: 'no_hold' },
    });
    const silent = open({ getOrder: silence });
    await expect(silent.holds.renew(toRenew)).resolves.toMatchObject({ outcome: 'unknown' });
    expect([free.asked, silent.asked]).toEqual([['read ORDER1'], ['read ORDER1']]);
  });
});

type Reply = PayPalReply | readonly PayPalReply[];
type Call = 'authorizeOrder' | 'captureHold' | 'renewHold' | 'voidHold' | 'getOrder';

function open(replies: Partial<Record<Call, Reply>>) {
  const asked: string[] = [];
  const bodies: unknown[] = [];
  const waiting = new Map(Object.entries(replies).map(([call, given]) => [call, [given].flat()]));
  const tell = (call: Call, question: string): Promise<PayPalReply> => {
    asked.push(question);
    const reply = waiting.get(call)?.shift();
    return reply ? Promise.resolve(reply) : Promise.reject(new Error(`unexpected ${question}`));
  };
  const client = {
    authorizeOrder: ({ id, requestId }: { id: string; requestId: string }) =>
      tell('authorizeOrder', `authorize ${id} ${requestId}`),
    captureHold: ({ holdId }: { holdId: string }, body: object) => {
      bodies.push(body);
      return tell('captureHold', `capture ${holdId}`);
    },
    renewHold: ({ holdId }: { holdId: string }) => tell('renewHold', `renew ${holdId}`),
    voidHold: (holdId: string) => tell('voidHold', `void ${holdId}`),
    getOrder: (id: string) => tell('getOrder', `read ${id}`),
  };
  return { holds: new PayPalHolds(client), asked, bodies };
}

function unit() {
  return { amount, custom_id: 'pay_01' };
}

function orderWith(payments: object, id = 'ORDER1', one: object = unit()): PayPalReply {
  const purchase_units = [{ ...one, payments }];
  return answer(200, { id, status: 'COMPLETED', purchase_units });
}

function issue(status: number, code: string): PayPalReply {
  return answer(status, { name: 'A_NAME', details: [{ issue: code, description: 'No.' }] });
}

function answer(status: number, body: unknown): PayPalReply {
  return { kind: 'answer', status, body, headers: {} };
}
