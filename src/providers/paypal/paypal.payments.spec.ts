import { Money } from '../../shared/money/money';
import { type CreateOrder } from '../payment-provider';
import { type PayPalReply } from './paypal.outcome';
import { PayPalPayments } from './paypal.payments';

const trouble = { code: 'timeout', message: 'Slow.', reference: null };
const silence: PayPalReply = { kind: 'unknown', trouble };
const toCapture = { providerId: 'ORDER1', key: 'key-c', amount: Money.of(1000n, 'EUR') };

const unit = {
  amount: { currency_code: 'EUR', value: '10.00' },
  custom_id: 'pay_01',
};
const capture = { id: 'CAP1', status: 'COMPLETED', amount: unit.amount };
const captures = [capture];
const created = answer(201, { id: 'ORDER1', status: 'CREATED', purchase_units: [unit] });
const captured = answer(201, {
  id: 'ORDER1',
  status: 'COMPLETED',
  purchase_units: [{ ...unit, payments: { captures } }],
});
/** What PayPal answers when the full representation is not asked for. */
const capturedShort = shortWith(capture);
const createdShort = answer(200, { id: 'ORDER1', status: 'PAYER_ACTION_REQUIRED' });
const bare = answer(201, { id: 'ORDER1', status: 'COMPLETED' });
const declined = { ...capture, id: 'CAP0', status: 'DECLINED' };
const inNoCurrency = { currency_code: 'ZZZ', value: '10.00' };
const incomplete = { outcome: 'unknown', trouble: { code: 'answer_incomplete' } };

describe('creating at PayPal', () => {
  it('shows the order with amount and reference', async () => {
    const { payments, asked } = open({ createOrder: created });
    await expect(payments.create(order())).resolves.toMatchObject({
      outcome: 'done',
      value: { providerId: 'ORDER1', reference: 'pay_01', amount: Money.of(1000n, 'EUR') },
    });
    expect(asked).toEqual(['create key-1']);
  });

  it('reads the order after a short answer', async () => {
    const { payments, asked } = open({
      createOrder: createdShort,
      getOrder: created,
    });
    await expect(payments.create(order())).resolves.toMatchObject({
      outcome: 'done',
      value: {
        providerState: 'PAYER_ACTION_REQUIRED',
        reference: 'pay_01',
        amount: Money.of(1000n, 'EUR'),
      },
    });
    expect(asked).toEqual(['create key-1', 'read ORDER1']);
  });

  it.each([
    ['fails', silence],
    ['shows no amount', withUnit({ custom_id: 'pay_01' })],
    ['shows an amount that cannot be read', withUnit({ ...unit, amount: inNoCurrency })],
    ['does not name our reference', withUnit({ amount: unit.amount })],
    ['shows several units', withUnit(unit, unit)],
  ])('is unknown when that read %s', async (_what, getOrder) => {
    const { payments } = open({ createOrder: createdShort, getOrder });
    await expect(payments.create(order())).resolves.toMatchObject(incomplete);
  });

  it.each([
    ['a fraction of a forint', Money.of(100_050n, 'HUF')],
    ['a currency that PayPal does not take', Money.of(1000n, 'ISK')],
  ])('refuses %s and sends nothing', async (_what, amount) => {
    const { payments, asked } = open({});
    await expect(payments.create(order({ amount }))).resolves.toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'request', code: 'amount_not_supported' },
    });
    expect(asked).toEqual([]);
  });

  it.each([
    ['a missing order', issue(404, 'INVALID_RESOURCE_ID')],
    ['an invoice id that was paid', issue(422, 'DUPLICATE_INVOICE_ID')],
    ['silence', silence],
  ])('is unknown after %s', async (_what, reply) => {
    const { payments } = open({ createOrder: reply });
    await expect(payments.create(order())).resolves.toMatchObject({ outcome: 'unknown' });
  });
});

describe('capturing at PayPal', () => {
  it('shows the capture', async () => {
    const { payments, asked } = open({ captureOrder: captured });
    await expect(payments.capture(toCapture)).resolves.toMatchObject(taken());
    expect(asked).toEqual(['capture ORDER1 key-c']);
  });

  it('reads the amount after a short answer', async () => {
    const { payments } = open({ captureOrder: capturedShort, getOrder: captured });
    await expect(payments.capture(toCapture)).resolves.toMatchObject(taken());
  });

  describe.each([
    ['fails', silence],
    ['shows another order', answer(200, { id: 'ORDER2', status: 'CREATED', purchase_units: [] })],
    ['finds nothing', issue(404, 'INVALID_RESOURCE_ID')],
    ['shows no more', createdShort],
  ])('when that read %s', (_what, getOrder) => {
    it.each([
      [[{ ...capture, custom_id: 'pay_01' }], 'paid', 'completed'],
      [[{ ...capture, custom_id: 'pay_01', status: 'PENDING' }], 'processing', 'pending'],
    ])('the capture %j says amount and reference itself', async (shown, state, captureState) => {
      const { payments } = open({ captureOrder: shortWith(...shown), getOrder });
      const value = { ...taken().value, state, captures: [{ state: captureState }] };
      await expect(payments.capture(toCapture)).resolves.toMatchObject({ outcome: 'done', value });
    });

    it.each([
      ['our reference', [capture]],
      [
        'one reference',
        [
          { ...capture, custom_id: 'pay_01' },
          { ...declined, custom_id: 'x' },
        ],
      ],
      ['an amount that was taken', [{ ...declined, custom_id: 'pay_01' }]],
      ['one amount that was taken', [capture, capture].map((c) => ({ ...c, custom_id: 'pay_01' }))],
    ])('a capture answer without %s is unknown', async (_part, shown) => {
      const { payments } = open({ captureOrder: shortWith(...shown), getOrder });
      await expect(payments.capture(toCapture)).resolves.toMatchObject(incomplete);
    });
  });

  it('keeps the fact when that read is behind and shows no capture yet', async () => {
    const { payments } = open({ captureOrder: capturedShort, getOrder: created });
    await expect(payments.capture(toCapture)).resolves.toMatchObject(taken());
  });

  it.each(['ORDER_ALREADY_CAPTURED', 'ORDER_ALREADY_COMPLETED', 'DUPLICATE_INVOICE_ID'])(
    '%s is done when the order holds the capture',
    async (code) => {
      const { payments, asked } = open({ captureOrder: issue(422, code), getOrder: captured });
      await expect(payments.capture(toCapture)).resolves.toMatchObject(taken());
      expect(asked).toEqual(['capture ORDER1 key-c', 'read ORDER1']);
    },
  );

  it('an invoice id paid by another order makes this one final', async () => {
    const { payments } = open({
      captureOrder: issue(422, 'DUPLICATE_INVOICE_ID'),
      getOrder: created,
    });
    await expect(payments.capture(toCapture)).resolves.toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'final', code: 'DUPLICATE_INVOICE_ID' },
    });
  });

  it.each([
    ['ORDER_ALREADY_CAPTURED', created],
    ['ORDER_ALREADY_CAPTURED', silence],
    ['ORDER_ALREADY_COMPLETED', issue(404, 'INVALID_RESOURCE_ID')],
    ['DUPLICATE_INVOICE_ID', silence],
    ['DUPLICATE_INVOICE_ID', issue(404, 'INVALID_RESOURCE_ID')],
  ])('%s is unknown as long as the order cannot confirm it', async (code, getOrder) => {
    const { payments } = open({ captureOrder: issue(422, code), getOrder });
    await expect(payments.capture(toCapture)).resolves.toMatchObject({
      outcome: 'unknown',
      trouble: { code },
    });
  });

  it('success without a capture is believed only once the order shows one', async () => {
    const confirmed = open({ captureOrder: bare, getOrder: captured });
    await expect(confirmed.payments.capture(toCapture)).resolves.toMatchObject(taken());
    const silent = open({ captureOrder: bare, getOrder: created });
    await expect(silent.payments.capture(toCapture)).resolves.toMatchObject({
      outcome: 'unknown',
      trouble: { code: 'no_capture_shown' },
    });
  });

  it('asks nothing more after silence', async () => {
    const { payments, asked } = open({ captureOrder: silence, getOrder: captured });
    await expect(payments.capture(toCapture)).resolves.toEqual({ outcome: 'unknown', trouble });
    expect(asked).toEqual(['capture ORDER1 key-c']);
  });

  it('a capture in an unreadable amount is unknown', async () => {
    const odd = { id: 'CAP1', status: 'COMPLETED', amount: { currency_code: 'EUR', value: 'ten' } };
    const purchase_units = [{ ...unit, payments: { captures: [odd] } }];
    const { payments } = open({
      captureOrder: answer(201, { id: 'ORDER1', status: 'COMPLETED', purchase_units }),
    });
    await expect(payments.capture(toCapture)).resolves.toMatchObject({
      outcome: 'unknown',
      trouble: { code: 'unreadable_amount' },
    });
  });
});

it('reading at PayPal is unknown when the order does not say its amount', async () => {
  const { payments } = open({ getOrder: withUnit({ custom_id: 'pay_01' }) });
  await expect(payments.read('ORDER1')).resolves.toMatchObject(incomplete);
});

it('reading at PayPal shows an order that is gone as not found', async () => {
  const { payments } = open({ getOrder: issue(404, 'INVALID_RESOURCE_ID') });
  await expect(payments.read('ORDER1')).resolves.toMatchObject({ outcome: 'not_found' });
});

function open(replies: Partial<Record<'createOrder' | 'getOrder' | 'captureOrder', PayPalReply>>) {
  const asked: string[] = [];
  const tell = (question: string, reply: PayPalReply | undefined): Promise<PayPalReply> => {
    asked.push(question);
    return reply ? Promise.resolve(reply) : Promise.reject(new Error(`unexpected ${question}`));
  };
  const client = {
    createOrder: (_order: unknown, key: string) => tell(`create ${key}`, replies.createOrder),
    getOrder: (id: string) => tell(`read ${id}`, replies.getOrder),
    captureOrder: ({ id, requestId }: { id: string; requestId: string }) =>
      tell(`capture ${id} ${requestId}`, replies.captureOrder),
  };
  return { payments: new PayPalPayments(client, null), asked };
}

function taken() {
  return {
    outcome: 'done',
    value: {
      state: 'paid',
      amount: Money.of(1000n, 'EUR'),
      reference: 'pay_01',
      captures: [{ captureId: 'CAP1', state: 'completed', amount: Money.of(1000n, 'EUR') }],
    },
  };
}

function order(changes: Partial<CreateOrder> = {}): CreateOrder {
  return {
    reference: 'pay_01',
    key: 'key-1',
    amount: Money.of(1000n, 'EUR'),
    captureMethod: 'automatic',
    description: null,
    returnUrl: null,
    cancelUrl: null,
    payMethods: [],
    metadata: {},
    providerCustomer: null,
    mandate: null,
    setupMandate: false,
    locale: null,
    ...changes,
  };
}

function shortWith(...captures: readonly object[]): PayPalReply {
  const purchase_units = [{ payments: { captures } }];
  return answer(201, { id: 'ORDER1', status: 'COMPLETED', purchase_units });
}

function withUnit(...purchase_units: readonly object[]): PayPalReply {
  return answer(200, { id: 'ORDER1', status: 'CREATED', purchase_units });
}

function issue(status: number, code: string): PayPalReply {
  return answer(status, { name: 'A_NAME', details: [{ issue: code, description: 'No.' }] });
}

function answer(status: number, body: unknown): PayPalReply {
  return { kind: 'answer', status, body, headers: {} };
}
