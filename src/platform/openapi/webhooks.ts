import { type OpenAPIObject } from '@nestjs/swagger';
import { exampleIds } from '../../shared/example-ids';
import { type DocumentedEvents } from '../events/documented-events';

const HAPPENED_AT = '2026-11-20T09:05:00.000Z';

const text = { type: 'string' };

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
const HEADERS = [
  {
    name: 'webhook-id',
    description: 'Id of the event, the same at every attempt: who has seen it before ignores it.',
    schema: text,
    example: exampleIds.event,
  },
  {
    name: 'webhook-timestamp',
    description:
      'When this attempt was sent, in seconds since 1970. Refuse what is older than some minutes.',
    schema: text,
    example: '1795165501',
  },
  {
    name: 'webhook-signature',
    description:
      'Signatures with every valid secret, separated by spaces: `v1,` and the Base64 of the HMAC-SHA256 of ' +
      '`<webhook-id>.<webhook-timestamp>.<body>`.',
    schema: text,
    example: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  },
].map((header) => ({ ...header, in: 'header' as const, required: true }));

const RECEIVED = {
  '2XX': { description: 'Received. Anything else, or nothing within 15 seconds, is tried again.' },
  '410': { description: 'Not taken now, like every other 4xx: it is tried again.' },
};

/**
 * Declares what is sent to webhook endpoints. Written here because the generator can only describe routes that exist,
 * and these are routes of others.
 */
export function withWebhooks(kinds: readonly DocumentedEvents[]) {
  return (document: OpenAPIObject): OpenAPIObject => {
    const webhooks = kinds.flatMap((kind) =>
      Object.keys(kind.events).map((type) => [type, { post: webhookOf(kind, type) }] as const),
    );
    const schemas = kinds.map((kind) => [kind.schema, schemaOf(kind)] as const);
    return {
      ...document,
      webhooks: Object.fromEntries(webhooks),
      components: {
        ...document.components,
        schemas: { ...document.components?.schemas, ...Object.fromEntries(schemas) },
      },
    };
  };
}

function webhookOf({ tag, schema, events }: DocumentedEvents, type: string) {
  const { about = '', example = {} } = events[type] ?? {};
  const value = { type, timestamp: HAPPENED_AT, data: example };
  return {
    operationId: operationIdOf(type),
    summary: type,
    description: about,
    tags: [tag],
    security: [],
    parameters: HEADERS,
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['type', 'timestamp', 'data'],
            properties: {
              type: { ...text, enum: [type], description: 'What happened.' },
              timestamp: { ...text, format: 'date-time', description: 'When it happened.' },
              data: {
                description: 'The subject as it was afterwards, in short.',
                $ref: `#/components/schemas/${schema}`,
              },
            },
          },
          examples: { [type]: { summary: about, value } },
        },
      },
    },
    responses: RECEIVED,
  };
}

function schemaOf({ members, optional, tag }: DocumentedEvents) {
  return {
    type: 'object',
    description: `What events tell of: ${tag.toLowerCase()}.`,
    required: Object.keys(members).filter((name) => !optional.includes(name)),
    properties: members,
  };
}

/** `payment.approval_failed` → `onPaymentApprovalFailed` */
function operationIdOf(type: string): string {
  const words = type.split(/[._]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `on${words.join('')}`;
}
