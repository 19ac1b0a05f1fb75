import { type Clock } from '../../shared/clock';
import { type CallResult } from '../provider-call';
import {
  type NotificationList,
  type NotificationOps,
  type NotificationVerdict,
  type RawNotification,
} from '../provider-parts';
import { type PayproClient } from './paypro.client';
import { listEvents } from './paypro.event-list';
import { readEvent } from './paypro.events';
import { objectionTo } from './paypro.signature';

/** What PayPro tells us, signed with the secret of our webhook: https://docs.paypro.nl/webhooks.html */
export class PayproNotifications implements NotificationOps {
  constructor(
    private readonly tools: { readonly client: PayproClient; readonly clock: Clock },
    private readonly secrets: readonly string[],
  ) {}

  verify(delivery: RawNotification): Promise<NotificationVerdict> {
    return Promise.resolve(this.judge(delivery));
  }

  list(since: Date): Promise<CallResult<NotificationList>> {
    return listEvents(this.tools, since);
  }

  private judge(delivery: RawNotification): NotificationVerdict {
    const reason = objectionTo(delivery, this.secrets, this.tools.clock.now());
    if (reason !== null) return { verdict: 'forged', reason };
    const notification = readEvent(delivery.body.toString('utf8'));
    if (notification) return { verdict: 'genuine', notification };
    return { verdict: 'unreadable', reason: 'the body is no event' };
  }
}
