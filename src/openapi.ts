import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { invoiceEvents } from './modules/invoices/invoices.facade';
import { chargebackEvents, paymentEvents, refundEvents } from './modules/payments/payments.facade';
import { pingEvents } from './modules/webhooks/webhooks.facade';
import { withLinks } from './openapi-links';
import { withProviderSupport } from './openapi-providers';
import { withCommonHeaders } from './platform/openapi/common-headers';
import { withNamedExamples } from './platform/openapi/named-examples';
import { withPlainSchemas } from './platform/openapi/plain-schemas';
import { withUnreadablePaths } from './platform/openapi/unreadable-paths';
import { withWebhooks } from './platform/openapi/webhooks';

const DESCRIPTION = `One API for payments at PayPal and at PayPro (iDEAL and more), chosen per payment.

**A payment in four steps**: create it, send the payer to \`checkout_url\`, wait for the payer to come back to
\`return_url\` (with \`paymentId\` added), approve it.

Amounts are whole numbers of minor units: \`1000\` with \`EUR\` is ten euros. Errors are
\`application/problem+json\` with a \`code\` and a \`detail\` that says what to do. Answer **202** means that nobody
knows yet what the provider did: nothing is lost, and repeating the request is safe. Send an \`Idempotency-Key\` with
every POST that you might repeat.`;

/** In the order in which people work. */
const TAGS = [
  ['Payments', 'Create, approve, cancel and follow payments.'],
  ['Refunds', 'Give money of a payment back, all of it or in parts.'],
  ['Chargebacks', 'What payers and their banks took back, or want to.'],
  ['Ledger', 'Whether the books are right.'],
  ['Operations', 'What was asked of a provider and waits for an answer, or for a person.'],
  ['Invoices', 'Drafts, numbered invoices, credit notes, and their documents.'],
  ['Customers', 'Who pays, who may act for them, and their balances.'],
  ['Mandates', 'Standing permissions to charge a customer without a redirect.'],
  [
    'Compatibility',
    'The older API under /api/paypal-payments/, frozen for the clients that know it: the same payments in its words.',
  ],
  ['Events', 'What happened, in order, for programs that follow along.'],
  ['Webhooks', 'Where to tell merchants what happened, and what came of telling them.'],
  ['Providers', 'The configured payment providers and what each one can do.'],
  ['Notifications', 'What the providers told us, and what came of it.'],
  ['Health', 'For load balancers and operators.'],
] as const;

/** The API document; the same on every machine, so that it can be committed and compared. */
export function buildDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Kassa')
    .setVersion('1')
    .setDescription(DESCRIPTION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth(
      { type: 'http', bearerFormat: 'API key', description: 'An API key: `kassa_…`.' },
      'key',
    )
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: 'Authorization',
        description:
          'The same key as `Token kassa_…`, on routes of the older API and of customers.',
      },
      'token',
    )
    .addBearerAuth(
      {
        type: 'http',
        bearerFormat: 'JWT',
        description:
          'An access token of the OpenID Connect issuer, where one is set (`OIDC_ISSUER`).',
      },
      'oidc',
    )
    .addSecurityRequirements('key')
    .addSecurityRequirements('oidc')
    .addServer('/', 'This service.');
  for (const [name, description] of TAGS) builder.addTag(name, description);
  // What decorators say is kept by Nest and used again for the next document.
  const written = structuredClone(SwaggerModule.createDocument(app, builder.build()));
  return PASSES.reduce((document, pass) => pass(document), written);
}

const PASSES = [
  withPlainSchemas,
  withSlashes,
  withUnreadablePaths,
  withCommonHeaders,
  withNamedExamples,
  withProviderSupport,
  withLinks,
  withWebhooks([paymentEvents, refundEvents, chargebackEvents, invoiceEvents, pingEvents]),
];

/** The addresses of the older API end with a slash; Nest strips them. */
function withSlashes(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths).map(([path, item]) => {
    const isOlder = path.startsWith('/api/paypal-') && !path.endsWith('/');
    return [isOlder ? `${path}/` : path, item] as const;
  });
  return { ...document, paths: Object.fromEntries(paths) };
}
