import { listAt, textAt, valueAt } from '../../shared/json';
import { type CallResult } from '../provider-call';
import {
  type AccountInspection,
  clockOf,
  eventTypes,
  type InspectionOps,
  missingEvents,
} from '../provider-inspection';
import { type PayproClient } from './paypro.client';
import { PAYPRO_URL } from './paypro.config';
import { toResult } from './paypro.outcome';
import { isPage, readNextCursor } from './paypro.wire';

/** What we act upon: https://docs.paypro.nl/reference/webhooks */
const NEEDED_EVENTS: readonly string[] = [
  ...eventTypes('payment', ['created', 'canceled', 'failed', 'paid', 'expired']),
  ...eventTypes('refund', ['created', 'canceled', 'failed', 'refunded', 'expired']),
  'chargeback.created',
];

interface ListedWebhook {
  readonly url: string;
  readonly secret: string | null;
  readonly isActive: boolean;
  readonly events: readonly string[];
}

interface Inspected {
  readonly baseUrl: string;
  /** Null: we do not listen. */
  readonly secrets: readonly string[] | null;
}

/** Reads the webhooks of the account: https://docs.paypro.nl/reference/api/webhooks/ */
export class PayproInspection implements InspectionOps {
  constructor(
    private readonly client: Pick<PayproClient, 'listWebhooks'>,
    private readonly account: Inspected,
  ) {}

  async inspect(): Promise<CallResult<AccountInspection>> {
    const reply = await this.client.listWebhooks();
    const listed = toResult(reply, readWebhooks);
    // This list always exists, so without it the address is not PayPro's.
    if (listed.outcome === 'not_found') return { outcome: 'unknown', trouble: listed.trouble };
    if (listed.outcome !== 'done') return listed;
    const { baseUrl, secrets } = this.account;
    const webhooks = listed.value.map(({ url, secret, isActive, events }) => ({
      url,
      isConfigured: secret !== null && (secrets ?? []).includes(secret),
      isActive,
      missingEvents: missingEvents(NEEDED_EVENTS, { sent: events, all: 'all' }),
    }));
    const clock = reply.kind === 'answer' ? clockOf(reply.headers) : null;
    // PayPro has no test mode: at its own address money is real.
    const movesRealMoney = baseUrl === PAYPRO_URL ? true : null;
    return { outcome: 'done', value: { clock, movesRealMoney, webhooks } };
  }
}

/** Undefined where this is no list, or not all of it: no account has more webhooks than one page holds. */
function readWebhooks(body: unknown): readonly ListedWebhook[] | undefined {
  if (!isPage(body) || readNextCursor(body) !== null) return undefined;
  const listed = listAt(body, 'data');
  const webhooks = listed.flatMap((one) => readWebhook(one) ?? []);
  return webhooks.length === listed.length ? webhooks : undefined;
}

function readWebhook(webhook: unknown): ListedWebhook | null {
  const url = textAt(webhook, 'url');
  if (url === null) return null;
  const types = valueAt(webhook, 'enabled_event_types');
  const named = listAt(webhook, 'enabled_event_types').filter((type) => typeof type === 'string');
  return {
    url,
    secret: textAt(webhook, 'secret'),
    isActive: valueAt(webhook, 'active') !== false,
    // Without a list it hears everything.
    events: Array.isArray(types) ? named : ['all'],
  };
}
