import { listAt, textAt, valueAt } from '../../shared/json';
import { type CallResult } from '../provider-call';
import {
  type AccountInspection,
  clockOf,
  eventTypes,
  type InspectionOps,
  missingEvents,
} from '../provider-inspection';
import { type PayPalClient } from './paypal.client';
import { BASE_URLS } from './paypal.config';
import { type PayPalDialect } from './paypal.dialects';
import { ORDER_ISSUES } from './paypal.issues';
import { outcomeOf, type Reading } from './paypal.outcome';

/** What we act upon: https://developer.paypal.com/api/rest/webhooks/event-names/ */
const NEEDED_EVENTS: Readonly<Record<PayPalDialect, readonly string[]>> = {
  orders_v2: [
    ...eventTypes('CHECKOUT', ['ORDER.APPROVED', 'ORDER.COMPLETED', 'PAYMENT-APPROVAL.REVERSED']),
    ...eventTypes('PAYMENT.AUTHORIZATION', ['CREATED', 'VOIDED']),
    ...eventTypes('PAYMENT.CAPTURE', ['COMPLETED', 'DECLINED', 'DENIED', 'PENDING']),
    ...eventTypes('PAYMENT.CAPTURE', ['REFUNDED', 'REVERSED']),
    ...eventTypes('PAYMENT.REFUND', ['FAILED', 'PENDING']),
    ...eventTypes('CUSTOMER.DISPUTE', ['CREATED', 'RESOLVED', 'UPDATED']),
  ],
  payments_v1: [
    ...eventTypes('PAYMENTS.PAYMENT', ['CREATED']),
    ...eventTypes('PAYMENT.SALE', ['COMPLETED', 'DENIED', 'PENDING', 'REFUNDED', 'REVERSED']),
    ...eventTypes('CUSTOMER.DISPUTE', ['CREATED', 'RESOLVED', 'UPDATED']),
  ],
};

interface ListedWebhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
}

const WEBHOOKS: Reading<readonly ListedWebhook[]> = {
  object: 'list of webhooks',
  parse: parseWebhooks,
  issues: ORDER_ISSUES,
};

interface Inspected {
  readonly baseUrl: string;
  readonly dialect: PayPalDialect;
  readonly webhookId: string | null;
}

/** Reads the webhooks of the REST app: https://developer.paypal.com/docs/api/webhooks/v1/#webhooks_list */
export class PayPalInspection implements InspectionOps {
  constructor(
    private readonly client: Pick<PayPalClient, 'listWebhooks'>,
    private readonly account: Inspected,
  ) {}

  async inspect(): Promise<CallResult<AccountInspection>> {
    const reply = await this.client.listWebhooks();
    const listed = outcomeOf(reply, WEBHOOKS);
    if (listed.outcome !== 'done') return listed;
    const { baseUrl, dialect, webhookId } = this.account;
    const webhooks = listed.value.map(({ id, url, events }) => ({
      url,
      isConfigured: id === webhookId,
      // PayPal shows no switch: a webhook is there or it is not.
      isActive: true,
      missingEvents: missingEvents(NEEDED_EVENTS[dialect], { sent: events, all: '*' }),
    }));
    const clock = reply.kind === 'answer' ? clockOf(reply.headers) : null;
    return { outcome: 'done', value: { clock, movesRealMoney: isLive(baseUrl), webhooks } };
  }
}

/** PayPal's two hosts take the credentials of their own mode only; what another address does nobody knows. */
function isLive(baseUrl: string): boolean | null {
  if (baseUrl === BASE_URLS.live) return true;
  return baseUrl === BASE_URLS.sandbox ? false : null;
}

/** Null where this is no list, or one of its webhooks lacks its id or its address. */
function parseWebhooks(body: unknown): readonly ListedWebhook[] | null {
  if (!Array.isArray(valueAt(body, 'webhooks'))) return null;
  const listed = listAt(body, 'webhooks');
  const webhooks = listed.flatMap((one) => parseWebhook(one) ?? []);
  return webhooks.length === listed.length ? webhooks : null;
}

function parseWebhook(webhook: unknown): ListedWebhook | null {
  const id = textAt(webhook, 'id');
  const url = textAt(webhook, 'url');
  if (id === null || url === null) return null;
  const events = listAt(webhook, 'event_types').flatMap((type) => textAt(type, 'name') ?? []);
  return { id, url, events };
}
