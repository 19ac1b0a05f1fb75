import { systemClock } from '../../shared/clock';
import { Money } from '../../shared/money/money';
import { environmentSource, type SettingProblem } from '../../shared/settings-reader';
import { type CreateOrder } from '../payment-provider';
import { ProviderHttp, type ProviderHttpOptions, type ProviderRequest } from '../provider-http';
import { type ProviderReply } from '../provider-reply';
import { payproAdapter } from './paypro.provider';

const payment = {
  id: 'PP1',
  type: 'payment',
  amount: 1050,
  currency: 'EUR',
  state: 'open',
  metadata: { kassa_payment: 'pay_1' },
};

const order: CreateOrder = {
  reference: 'pay_1',
  key: 'v1.1.create.1',
  amount: Money.of(1050n, 'EUR'),
  captureMethod: 'automatic',
  description: 'Two chairs',
  returnUrl: null,
  cancelUrl: null,
  payMethods: ['ideal'],
  metadata: {},
  providerCustomer: null,
  mandate: null,
  setupMandate: false,
  locale: null,
};

function configure(env: Record<string, string>) {
  const problems: SettingProblem[] = [];
  const source = environmentSource(env, () => '');
  return { problems, build: payproAdapter.configure('paypro_nl', source, problems) };
}

function answer(status: number, body: unknown): ProviderReply {
  return { kind: 'answer', status, body, headers: {} };
}

/** The provider over a client that answers with these replies in turn and remembers what it was asked. */
function providerWith(...replies: ProviderReply[]) {
  const sent: ProviderRequest[] = [];
  const opened: ProviderHttpOptions[] = [];
  const send = (request: ProviderRequest) => {
    sent.push(request);
    return Promise.resolve(replies.shift() ?? answer(500, {}));
  };
  const openHttp = (options: ProviderHttpOptions) => {
    opened.push(options);
    return Object.assign(new ProviderHttp('paypro_nl', options, () => undefined), { send });
  };
  const { build } = configure({ PAYPRO_NL__API_KEY: 'pp_secret' });
  const provider = build({ account: 'paypro_nl', clock: systemClock, openHttp });
  return { provider, sent, opened };
}

describe('the settings of a PayPro account', () => {
  it('takes the currencies it declares', () => {
    const { provider } = providerWith();
    expect(Object.keys(provider.capabilities.currencies)).toEqual(payproAdapter.currencies);
  });

  it('need the key and nothing else', () => {
    expect(configure({ PAYPRO_NL__API_KEY: 'pp_secret' }).problems).toEqual([]);
    expect(configure({}).problems).toEqual([
      {
        name: 'PAYPRO_NL__API_KEY',
        detail: 'is missing. Create a key at app.paypro.nl/developers/api-keys and set it here.',
      },
    ]);
  });

  it('default to the real PayPro', () => {
    const { provider, opened } = providerWith();
    expect(provider).toMatchObject({ account: 'paypro_nl', type: 'paypro', mode: 'live' });
    expect(opened).toEqual([{ baseUrl: 'https://api.paypro.nl' }]);
  });

  it('name what is wrong', () => {
    const env = { PAYPRO_NL__API_KEY: 'pp_secret', PAYPRO_NL__MODE: 'test', PAYPRO_NL__KEY: 'x' };
    expect(configure(env).problems.map(({ name }) => name)).toEqual([
      'PAYPRO_NL__MODE',
      'PAYPRO_NL__KEY',
    ]);
  });
});

describe('the webhook of a PayPro account', () => {
  const withSecrets = (secrets: string) =>
    configure({ PAYPRO_NL__API_KEY: 'pp_secret', PAYPRO_NL__WEBHOOK_SECRETS: secrets });

  it('is optional: without a secret nothing is heard', () => {
    expect(providerWith().provider.notifications).toBeUndefined();
  });

  it.each(['one', 'one,two', 'one, two'])('has one secret or two: %j', (secrets) => {
    expect(withSecrets(secrets).problems).toEqual([]);
  });

  it.each(['', ',', 'one,', 'one,two,three'])('does not have %j as its secrets', (secrets) => {
    expect(withSecrets(secrets).problems).toEqual([
      {
        name: 'PAYPRO_NL__WEBHOOK_SECRETS',
        detail: expect.stringMatching(/^must be one secret, or two/) as string,
      },
    ]);
  });
});

describe('what is sent to PayPro', () => {
  it('is one POST for a create, with the key and a JSON body', async () => {
    const { provider, sent } = providerWith(answer(201, payment));
    expect(await provider.payments.create(order)).toMatchObject({
      outcome: 'done',
      value: { providerId: 'PP1', state: 'open', amount: Money.of(1050n, 'EUR') },
    });
    expect(sent).toEqual([
      {
        method: 'POST',
        path: '/payments',
        purpose: 'create',
        headers: { Authorization: 'Bearer pp_secret', 'Content-Type': 'application/json' },
        body:
          '{"amount":1050,"currency":"EUR","description":"Two chairs",' +
          '"metadata":{"kassa_payment":"pay_1"},"pay_methods":["ideal"]}',
      },
    ]);
  });

  it('is sent once, however it ends', async () => {
    const trouble = { code: 'timeout', message: 'No answer.', reference: null };
    const { provider, sent } = providerWith({ kind: 'unknown', trouble });
    expect(await provider.payments.create(order)).toEqual({ outcome: 'unknown', trouble });
    expect(sent).toHaveLength(1);
  });

  it.each([{}, { id: 'PP1' }, { state: 'open' }, [], undefined])(
    'leaves a create open when the answer is 201 with %j',
    async (body) => {
      const { provider } = providerWith(answer(201, body));
      expect(await provider.payments.create(order)).toMatchObject({ outcome: 'unknown' });
    },
  );

  it.each([
    ['amount', { amount: undefined }],
    ['amount', { amount: 10.5 }],
    ['amount', { currency: undefined }],
    ['reference', { metadata: undefined }],
    ['reference', { metadata: {} }],
  ])('leaves a create open when the answer lacks its %s: %j', async (part, lacking) => {
    const { provider, sent } = providerWith(answer(201, { ...payment, ...lacking }));
    expect(await provider.payments.create(order)).toMatchObject({
      outcome: 'unknown',
      trouble: { code: 'answer_incomplete', message: expect.stringContaining(part) as string },
    });
    expect(sent).toHaveLength(1);
  });

  it('leaves open what a payment is whose amount is not shown', async () => {
    const canceled = { ...payment, state: 'canceled', amount: undefined };
    const { payments } = providerWith(
      answer(200, canceled),
      answer(200, { data: [canceled] }),
      answer(200, canceled),
    ).provider;
    const search = { reference: 'pay_1', createdAfter: new Date(0) };
    for (const result of [
      await payments.read('PP1'),
      await payments.find?.(search),
      await payments.cancel?.({ providerId: 'PP1', key: 'key' }),
    ]) {
      expect(result).toMatchObject({ outcome: 'unknown', trouble: { code: 'answer_incomplete' } });
    }
  });

  it('reads a payment of 2023, which has no metadata', async () => {
    const { provider } = providerWith(answer(200, { ...payment, metadata: undefined }));
    expect(await provider.payments.read('PP1')).toMatchObject({
      outcome: 'done',
      value: { reference: null, amount: Money.of(1050n, 'EUR') },
    });
  });

  it('asks for a payment by its id, whatever the id holds', async () => {
    const { provider, sent } = providerWith(answer(200, payment));
    await provider.payments.read('PP1/refunds?x');
    expect(sent[0]).toEqual({
      method: 'GET',
      path: '/payments/PP1%2Frefunds%3Fx',
      purpose: 'read',
      timeoutMs: 8_000,
      headers: { Authorization: 'Bearer pp_secret' },
    });
  });
});

describe('checking a PayPro account', () => {
  it('is done when the pay methods are listed', async () => {
    const { provider, sent } = providerWith(answer(200, { type: 'list', data: [] }));
    expect(await provider.check()).toEqual({ outcome: 'done', value: null });
    expect(sent[0]).toMatchObject({ path: '/pay_methods', timeoutMs: 8_000 });
  });

  it.each([
    [401, {}, 'refused'],
    [404, {}, 'unknown'],
    [200, { hello: 'world' }, 'unknown'],
    [503, undefined, 'unknown'],
  ])('answered with %i %j is %s', async (status, body, outcome) => {
    const { provider } = providerWith(answer(status, body));
    expect(await provider.check()).toMatchObject({ outcome });
  });
});

describe("PayPro's capabilities", () => {
  it('promise no repeat that makes a second payment, and offer every pay method once', () => {
    const { capabilities, payments } = providerWith().provider;
    expect(capabilities.repeat).toEqual({ createMs: 0, captureMs: 0, cancelMs: 86_400_000 });
    expect(new Set(capabilities.payMethods).size).toBe(9);
    expect(capabilities.findByReference).toBe('find' in payments);
    expect(payments).not.toHaveProperty('capture');
  });
});
