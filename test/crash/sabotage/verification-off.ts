import 'reflect-metadata';
import {
  type NotificationVerdict,
  type RawNotification,
} from '../../../src/providers/provider-parts';
import { PayPalNotifications } from '../../../src/providers/paypal/paypal.notifications';
import { readEvent as readPayPalEvent } from '../../../src/providers/paypal/paypal.events';
import { PayproNotifications } from '../../../src/providers/paypro/paypro.notifications';
import { readEvent as readPayproEvent } from '../../../src/providers/paypro/paypro.events';
import { replaceMethod } from './replace-method';

/** Whatever reads like an event is one. */
function believing(read: typeof readPayPalEvent) {
  return ({ body }: RawNotification): Promise<NotificationVerdict> => {
    const notification = read(body.toString('utf8'));
    if (notification) return Promise.resolve({ verdict: 'genuine', notification });
    return Promise.resolve({ verdict: 'unreadable', reason: 'the body is no event' });
  };
}

replaceMethod(PayPalNotifications, 'verify', () => (_, delivery) => {
  return believing(readPayPalEvent)(delivery);
});
replaceMethod(PayproNotifications, 'verify', () => (_, delivery) => {
  return believing(readPayproEvent)(delivery);
});
