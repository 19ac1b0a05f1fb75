import 'reflect-metadata';
import { StoreNotifications } from '../../../src/providers/notifications/store-notifications';
import { replaceMethod } from './replace-method';

/** As long as a database in trouble might take. */
const LATER_MS = 3_000;

/** A notification is answered at once and stored soon. */
replaceMethod(StoreNotifications, 'store', (original) => (self, notification) => {
  setTimeout(() => {
    original(self, notification).catch(() => undefined);
  }, LATER_MS);
  return Promise.resolve();
});
