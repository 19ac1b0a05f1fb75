import { verify, type KeyObject } from 'node:crypto';
import { isObject, parseJson, textAt } from '../../../../src/shared/json';
import { type CallResult } from '../../../../src/providers/provider-call';
import {
  type NotificationList,
  type NotificationOps,
  type NotificationVerdict,
  type ProviderNotification,
  type RawNotification,
} from '../../../../src/providers/provider-parts';
import { type AcmeClient } from './acme.client';
import { toResult } from './acme.outcome';
import { readItems, readTime } from './acme.wire';

const PROOF = /^[A-Za-z0-9+/]{86}==$/;
const THEIR_ID = /^[a-z]{2}-\d{1,20}$/;
const ABOUT = /^[a-z ]{1,60}$/;

/** What Acme tells us, signed with its private key over the raw bytes. */
export class AcmeNotifications implements NotificationOps {
  constructor(
    private readonly client: AcmeClient,
    private readonly publicKey: KeyObject,
  ) {}

  verify(delivery: RawNotification): Promise<NotificationVerdict> {
    return Promise.resolve(this.judge(delivery));
  }

  async list(since: Date): Promise<CallResult<NotificationList>> {
    const listed = toResult(await this.client.listEvents(since), (body) =>
      readItems(body, (event) => readEvent(JSON.stringify(event)) ?? undefined),
    );
    if (listed.outcome !== 'done') return listed;
    return { outcome: 'done', value: { notifications: listed.value, isComplete: true } };
  }

  private judge({ headers, body }: RawNotification): NotificationVerdict {
    const proof = headers['acme-proof'] ?? '';
    if (!PROOF.test(proof)) return { verdict: 'forged', reason: 'a header is missing or odd' };
    if (!verify(null, body, this.publicKey, Buffer.from(proof, 'base64'))) {
      return { verdict: 'forged', reason: 'the signature does not fit' };
    }
    const notification = readEvent(body.toString('utf8'));
    if (notification) return { verdict: 'genuine', notification };
    return { verdict: 'unreadable', reason: 'the body is no event' };
  }
}

/** Nothing but ids is taken from an event. Null when it is none. */
function readEvent(body: string): ProviderNotification | null {
  const event = parseJson(body);
  const eventId = textAt(event, 'number') ?? '';
  const about = textAt(event, 'about') ?? '';
  if (!isObject(event) || !THEIR_ID.test(eventId) || !ABOUT.test(about)) return null;
  const checkout = textAt(event, 'checkout') ?? '';
  return {
    eventId,
    eventType: about,
    kind: about.startsWith('checkout ') ? 'payment' : 'other',
    paymentIds: THEIR_ID.test(checkout) ? [checkout] : [],
    objectIds: [],
    references: [],
    transmissionId: null,
    body,
    occurredAt: readTime(textAt(event, 'at')),
  };
}
