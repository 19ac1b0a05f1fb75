import { isObject } from '../../src/shared/json';

/** Formats of PayPal's own, each beside a pattern that says what is meant. */
export const NAMED_FORMATS: readonly string[] = [
  'merchant_common_email_address_v2',
  'payer_v1',
  'phone',
  'ppaas_common_country_code_v2',
  'ppaas_common_currency_code_v2',
  'ppaas_common_email_address_v2',
  'ppaas_common_language_v3',
  'ppaas_date_notime_v2',
  'ppaas_date_time_v3',
  'ppaas_ip_address_v1',
  'ppaas_payer_id_v3',
];

/** APIs that PayPal published no document for. */
export const WITHOUT_DOCUMENT = [
  '/v1/oauth2/token',
  '/v1/customer/disputes',
  '/v1/notifications/certs/',
];

/**
 * The documents of Orders say that a repeated request id is answered with 200 instead of 201; those of Payments
 * forget it: https://developer.paypal.com/api/rest/reference/idempotency/
 */
export function answerRepeated(status: number): string {
  return status === 200 ? '201' : String(status);
}

export interface Finding {
  /** `POST /v2/checkout/orders` */
  readonly operation: string;
  /** `request`, `answer 422` */
  readonly part: string;
  readonly what: string;
}

const SHOWN_OF_SALES =
  /^(?:\/transactions\/0\/related_resources\/\d+\/sale)?\/(?:custom|invoice_number) is not described$/;
const SHOWN_OF_REFUNDS =
  /^(?:\/transactions\/0\/related_resources\/\d+\/refund)?\/(?:refund_\w+|total_refunded_amount|custom) is not described$/;

/** Where PayPal's documents are wrong, or say less than PayPal does. */
const KNOWN_ERRORS: readonly (readonly [why: string, is: (finding: Finding) => boolean])[] = [
  [
    'Its own examples of events have links with an encType; the link of the document has none.',
    ({ operation, what }) =>
      operation.includes('/v1/notifications/') &&
      /links\/\d+\/encType is not described$/.test(what),
  ],
  [
    'Ids of events begin with WH-, in the examples of the document, too; its pattern has no hyphen.',
    ({ what }) => /^path event_id must match pattern .* unlike "WH-[A-Z0-9-]+"$/.test(what),
  ],
  [
    'The link to the next page of events has these members, and nobody but PayPal writes them.',
    ({ what }) => /^the query (?:move_to|index_time|index_id) is not described$/.test(what),
  ],
  [
    'A token that is not accepted is answered in the shape of OAuth on every route (RFC 6750).',
    ({ part, what }) =>
      part === 'answer 401' &&
      (/^\/error(?:_description)? is not described$/.test(what) ||
        what.includes('{"error":"invalid_')),
  ],
  [
    'Any body can be no JSON; the documents remember it of orders only.',
    (finding) => isUnlisted(finding, '/v2/payments/', '400 MALFORMED_REQUEST_JSON'),
  ],
  [
    'Listed for payments of an authorization and seen in the sandbox for orders.',
    (finding) => isUnlisted(finding, '/v2/checkout/orders', '422 DECIMALS_NOT_SUPPORTED'),
  ],
  [
    'Seen in the sandbox for currencies that PayPal does not settle in.',
    (finding) => isUnlisted(finding, '/v2/checkout/orders', '422 CURRENCY_NOT_SUPPORTED'),
  ],
  [
    'Listed for confirm-payment-source and seen in the sandbox for an empty payment_source.',
    (finding) => isUnlisted(finding, '/v2/checkout/orders', '422 NO_PAYMENT_SOURCE_PROVIDED'),
  ],
  [
    'Recorded answers of Payments v1 have a cart, and the country of the payer beside the address.',
    ({ operation, what }) =>
      operation.includes('/v1/payments/payment') &&
      /^\/(?:cart|payer\/payer_info\/country_code) is not described$/.test(what),
  ],
  [
    'The approval_url of its own examples has the method REDIRECT, which its list of methods lacks.',
    ({ operation, what }) =>
      operation.includes('/v1/payments/payment') && what.endsWith('unlike "REDIRECT"'),
  ],
  [
    'A sale shows the custom and the invoice number of its transaction, as it does in events.',
    ({ operation, what }) => operation.includes('/v1/payments/') && SHOWN_OF_SALES.test(what),
  ],
  [
    'A refund of Payments v1 that is read shows what the answer to the refund did, and why it was made.',
    ({ operation, what }) => operation.includes('/v1/payments/') && SHOWN_OF_REFUNDS.test(what),
  ],
  [
    'Listed for authorize; capturing an order that is to be authorized is its mirror.',
    (finding) => isUnlisted(finding, '/capture', '422 ACTION_DOES_NOT_MATCH_INTENT'),
  ],
];

export function isKnownError(finding: Finding): boolean {
  return KNOWN_ERRORS.some(([, is]) => is(finding));
}

/** A refusal, `422 SOME_ISSUE`, that is missing in the list of the operation. */
function isUnlisted({ operation, part, what }: Finding, path: string, refusal: string): boolean {
  const [status, issue] = refusal.split(' ');
  if (!operation.includes(path) || part !== `answer ${status ?? ''}`) return false;
  return what.startsWith('/details/') && what.includes(`anyOf, unlike {"issue":"${issue ?? ''}"`);
}

/**
 * The documents list the English sentences of errors as if they were codes, and say of them that they "can change
 * over the lifetime of an API". Only those of `message` and `description` go, the codes beside them stay.
 */
export function withoutProse(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutProse);
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => {
      const isProse = (name === 'message' || name === 'description') && isObject(value);
      return [name, isProse && 'enum' in value ? { type: 'string' } : withoutProse(value)];
    }),
  );
}
