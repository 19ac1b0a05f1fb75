import { type houseRules } from '../../scripts/openapi/house-rules';

interface BrokenDocument {
  readonly rule: keyof typeof houseRules;
  readonly says: string;
  readonly document: unknown;
  /** `place: sentence` of all that the rule finds. */
  readonly finds: readonly string[];
}

const header = { description: 'Says something.', schema: { type: 'string' }, example: 'x' };
const common = { 'Request-Id': header, RateLimit: header, 'RateLimit-Policy': header };
const payment = { $ref: '#/components/schemas/Payment' };
const anyText = { description: 'Any text.', schema: { type: 'string' } };
const idempotencyKey = { name: 'Idempotency-Key', in: 'header', ...anyText };
const times = { paid_at: '2026-11-20T09:00:00Z', due_date: '2026-12-04' };
const example = { id: 'pay_1', amount: 1000, ...times };

const examples = { paypal: { summary: 'PayPal', value: example } };
const paypal = { 'application/json': { schema: payment, examples } };

function problem(status: number, code: string) {
  return {
    description: 'It is refused.',
    headers: { ...common, 'Retry-After': header },
    content: {
      'application/problem+json': {
        schema: { type: 'object' },
        examples: { [code]: { summary: 'Why', value: { code, status } } },
      },
    },
  };
}

const errors = () => ({
  401: problem(401, 'unauthorized'),
  404: problem(404, 'payment_not_found'),
  429: problem(429, 'rate_limited'),
});

/** As small as a document without a finding can be. */
export function goodDocument() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'A shop',
      version: '1',
      description: 'Sells things.',
      contact: {},
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [{ name: 'Payments', description: 'Money.' }],
    security: [{ key: [] }],
    paths: {
      '/api/payments': {
        post: {
          operationId: 'createPayment',
          summary: 'Start a payment',
          description: 'Asks the provider.',
          tags: ['Payments'],
          security: [{ key: [] }],
          parameters: [idempotencyKey],
          requestBody: { content: paypal },
          'x-provider-support': { paypal: true, paypro: false },
          responses: {
            201: {
              description: 'The payment.',
              links: {
                getPayment: { operationId: 'getPayment', parameters: { id: '$response.body#/id' } },
              },
              headers: { ...common, Location: header },
              content: paypal,
            },
            ...errors(),
          },
        },
      },
      '/api/payments/{id}': {
        get: {
          operationId: 'getPayment',
          summary: 'Show a payment',
          description: 'As it is stored.',
          tags: ['Payments'],
          security: [{ key: [] }],
          parameters: [
            {
              name: 'id',
              in: 'path',
              required: true,
              description: 'Its id.',
              schema: { type: 'string' },
              example: 'pay_1',
            },
          ],
          responses: {
            200: {
              description: 'The payment.',
              headers: common,
              content: {
                'application/json': {
                  schema: payment,
                  examples: { demo: { summary: 'As in the demonstration', value: example } },
                },
              },
            },
            ...errors(),
          },
        },
      },
    },
    webhooks: {
      'payment.paid': {
        post: {
          operationId: 'onPaymentPaid',
          summary: 'payment.paid',
          description: 'The money is ours.',
          tags: ['Payments'],
          security: [],
          parameters: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
            ...idempotencyKey,
            name,
          })),
          requestBody: {
            content: {
              'application/json': {
                schema: { type: 'object' },
                examples: { 'payment.paid': { summary: 'Paid', value: { type: 'payment.paid' } } },
              },
            },
          },
          responses: { 200: { description: 'Received.' } },
        },
      },
    },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A key.' } },
      schemas: {
        Payment: {
          type: 'object',
          description: 'Money on its way.',
          properties: {
            id: { type: 'string', description: 'Its id.' },
            amount: { type: 'integer', description: 'Minor units.' },
            paid_at: { type: 'string', format: 'date-time', description: 'When.' },
            due_date: { type: 'string', format: 'date', description: 'Until when.' },
          },
        },
      },
    },
  };
}

type Steps = readonly (string | number)[];

/** A good document with something else at one place; undefined takes it away. */
function withAt(path: Steps, value: unknown): unknown {
  return replaced(goodDocument(), { path, value });
}

function replaced(target: unknown, { path, value }: { path: Steps; value: unknown }): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const members = typeof target === 'object' && target !== null ? target : {};
  const entries: readonly (readonly [string, unknown])[] = Object.entries(members);
  const kept = entries.filter(([key]) => key !== String(step));
  const before = entries.find(([key]) => key === String(step))?.[1];
  const member = replaced(before, { path: rest, value });
  const next = member === undefined ? kept : [...kept, [String(step), member] as const];
  return Array.isArray(target) ? next.map(([, one]) => one) : Object.fromEntries(next);
}

const POST = ['paths', '/api/payments', 'post'];
const GET = ['paths', '/api/payments/{id}', 'get'];
const WEBHOOK = ['webhooks', 'payment.paid', 'post'];
const post = POST.join(' ');
const get = GET.join(' ');
const properties = ['components', 'schemas', 'Payment', 'properties'];

export const brokenDocuments: readonly BrokenDocument[] = [
  ...['summary', 'description'].map((name) => ({
    rule: 'operation-described' as const,
    says: `an operation without a ${name}`,
    document: withAt([...GET, name], undefined),
    finds: [`${get}: needs a ${name}`],
  })),
  {
    rule: 'operation-described',
    says: 'an operation without an operationId',
    document: withAt([...GET, 'operationId'], undefined),
    finds: [`${get}: needs an operationId in camelCase`],
  },
  {
    rule: 'operation-described',
    says: 'two operations with one operationId',
    document: withAt([...GET, 'operationId'], 'createPayment'),
    finds: [post, get].map((one) => `${one}: shares the operationId createPayment`),
  },
  {
    rule: 'operation-described',
    says: 'a tag that nobody declared',
    document: withAt([...GET, 'tags'], ['Other']),
    finds: [`${get}: needs a tag that the document declares`],
  },
  {
    rule: 'operation-described',
    says: 'an operation that does not say whether it wants a key',
    document: withAt([...GET, 'security'], undefined),
    finds: [`${get}: must say what security it wants, or []`],
  },
  {
    rule: 'errors-named',
    says: 'a secured operation without 401',
    document: withAt([...GET, 'responses', '401'], undefined),
    finds: [`${get}: needs 401: it is secured`],
  },
  {
    rule: 'errors-named',
    says: 'a secured operation without 429',
    document: withAt([...GET, 'responses', '429'], undefined),
    finds: [`${get}: needs 429: its callers are limited`],
  },
  {
    rule: 'errors-named',
    says: 'an open operation without two 4xx',
    document: replaced(withAt([...GET, 'security'], []), {
      path: [...GET, 'responses'],
      value: { 404: problem(404, 'payment_not_found') },
    }),
    finds: [`${get}: needs two 4xx answers`],
  },
  {
    rule: 'answers-described',
    says: 'an answer with an empty description',
    document: withAt([...GET, 'responses', '200', 'description'], ''),
    finds: [`${get} responses 200: needs a description`],
  },
  {
    rule: 'answers-described',
    says: 'an error that is plain JSON',
    document: withAt([...GET, 'responses', '404', 'content'], { 'application/json': {} }),
    finds: [`${get} responses 404: must be application/problem+json`],
  },
  ...['Request-Id', 'RateLimit', 'RateLimit-Policy', 'Location'].map((name) => ({
    rule: 'headers-declared' as const,
    says: `a new object without ${name}`,
    document: withAt([...POST, 'responses', '201', 'headers', name], undefined),
    finds: [`${post} responses 201: must declare the header ${name}`],
  })),
  {
    rule: 'headers-declared',
    says: 'a limit that does not say how long to wait',
    document: withAt([...GET, 'responses', '429', 'headers', 'Retry-After'], undefined),
    finds: [`${get} responses 429: must declare the header Retry-After`],
  },
  {
    rule: 'idempotency-key',
    says: 'a POST that cannot be repeated',
    document: withAt([...POST, 'parameters'], []),
    finds: [`${post}: must take the header Idempotency-Key, once and in this spelling`],
  },
  {
    rule: 'parameters-described',
    says: 'a parameter without a description',
    document: withAt([...GET, 'parameters', 0, 'description'], undefined),
    finds: [`${get} parameters 0: needs a description`],
  },
  {
    rule: 'parameters-described',
    says: 'an id without an example',
    document: withAt([...GET, 'parameters', 0, 'example'], undefined),
    finds: [`${get} parameters 0: needs an example that exists in the demonstration`],
  },
  {
    rule: 'parameters-described',
    says: 'an id that may be anything',
    document: withAt([...GET, 'parameters', 0, 'schema'], {}),
    finds: [`${get} parameters 0: needs a schema that says its type`],
  },
  {
    rule: 'request-examples',
    says: 'a body without examples',
    document: withAt(
      [...POST, 'requestBody', 'content', 'application/json', 'examples'],
      undefined,
    ),
    finds: [`${post} requestBody: needs a named example`],
  },
  {
    rule: 'success-examples',
    says: 'an example without a summary',
    document: withAt(
      [...GET, 'responses', '200', 'content', 'application/json', 'examples', 'demo', 'summary'],
      undefined,
    ),
    finds: [`${get} responses 200: every example needs a summary and a value`],
  },
  {
    rule: 'error-examples',
    says: 'an error without examples',
    document: withAt(
      [...GET, 'responses', '404', 'content', 'application/problem+json', 'examples'],
      undefined,
    ),
    finds: [`${get} responses 404: needs an example of each code`],
  },
  {
    rule: 'error-examples',
    says: 'the example of another status',
    document: withAt([...GET, 'responses', '404'], problem(410, 'gone')),
    finds: [`${get} responses 404: example gone must be the problem of that code and status`],
  },
  {
    rule: 'examples-paired',
    says: 'an answer to another request',
    document: withAt([...POST, 'responses', '201', 'content', 'application/json', 'examples'], {
      iDEAL: { summary: 'iDEAL', value: example },
    }),
    finds: [
      `${post}: request example paypal needs its answer`,
      `${post}: answer example iDEAL needs its request`,
    ],
  },
  {
    rule: 'properties-described',
    says: 'a property without a description',
    document: withAt([...properties, 'id', 'description'], undefined),
    finds: [`${properties.join(' ')} id: needs a description`],
  },
  {
    rule: 'times-and-days',
    says: 'a time without its format',
    document: withAt([...properties, 'paid_at', 'format'], undefined),
    finds: [`${properties.join(' ')} paid_at: must be a date-time`],
  },
  {
    rule: 'times-and-days',
    says: 'a day with a time',
    document: withAt([...properties, 'due_date', 'format'], 'date-time'),
    finds: [`${properties.join(' ')} due_date: must be a date`],
  },
  {
    rule: 'no-fractions',
    says: 'money as a number',
    document: withAt([...properties, 'amount', 'type'], 'number'),
    finds: [
      `${properties.join(' ')} amount: must not be a number: fractions lose digits`,
      `${properties.join(' ')} amount: must be an integer of minor units, or text`,
    ],
  },
  {
    rule: 'webhooks-declared',
    says: 'a webhook that does not say how it is signed',
    document: withAt([...WEBHOOK, 'parameters'], []),
    finds: ['webhooks payment.paid: must declare webhook-id, webhook-timestamp, webhook-signature'],
  },
  {
    rule: 'webhooks-declared',
    says: 'a webhook with the example of another one',
    document: withAt(
      [
        ...WEBHOOK,
        'requestBody',
        'content',
        'application/json',
        'examples',
        'payment.paid',
        'value',
      ],
      { type: 'payment.open' },
    ),
    finds: ['webhooks payment.paid: needs an example of that type'],
  },
  {
    rule: 'provider-support',
    says: 'an operation that calls a provider and does not say which can do it',
    document: withAt([...GET, 'responses', '503'], problem(503, 'provider_unavailable')),
    finds: [`${get}: must say x-provider-support`],
  },
  {
    rule: 'links-lead-on',
    says: 'a new object without links',
    document: withAt([...POST, 'responses', '201', 'links'], undefined),
    finds: [`${post} responses 201: needs a link to what comes next`],
  },
  {
    rule: 'links-lead-on',
    says: 'a link to no operation',
    document: withAt(
      [...POST, 'responses', '201', 'links', 'getPayment', 'operationId'],
      'getOther',
    ),
    finds: [`${post} responses 201: the link getPayment leads to no operation with its parameters`],
  },
];
