import { type Documentation } from '../../../platform/http/documented';
import {
  bodyTooLarge,
  databaseUnavailable,
  forbidden,
  unsupportedMediaType,
} from '../../../platform/http/http.errors';
import { listResponseOf } from '../../../platform/http/list.response';
import { exampleIds } from '../../../shared/example-ids';
import * as errors from '../../providers.errors';
import { ReplayNotificationRequest } from './notification.requests';
import { NotificationResponse, ReceivedResponse } from './notification.response';

const example = {
  id: exampleIds.notification,
  type: 'notification',
  provider: 'paypal',
  event_id: 'WH-1AB23456CD789012E',
  event_type: 'PAYMENT.CAPTURE.COMPLETED',
  kind: 'payment',
  payment_ids: ['5O190127TN364715T'],
  object_ids: ['3C679366HH908993F'],
  references: [exampleIds.paidPaypal],
  source: 'delivery',
  state: 'applied',
  attempts: 1,
  error: null,
  created_at: '2026-11-20T09:00:00.000Z',
  settled_at: '2026-11-20T09:00:00.020Z',
};

export const NotificationList = listResponseOf(NotificationResponse, 'NotificationList');

export const accountParam = {
  name: 'id',
  description: 'The provider account, from `PROVIDERS`.',
  type: 'string',
  example: 'paypro',
};

export const idParam = {
  name: 'id',
  description: 'Id of the notification; the plain UUID is accepted too.',
  example: exampleIds.notification,
};

export const receive: Documentation = {
  operationId: 'receiveNotification',
  summary: 'Receive a notification (for providers)',
  description:
    'The address to register as webhook at the provider. The signature is checked over the raw bytes; a genuine ' +
    'event is stored once and only makes us ask the provider. Up to 256 kB.',
  answers: [
    {
      status: 200,
      description: 'It is stored, now or before.',
      type: ReceivedResponse,
      example: { received: true },
    },
  ],
  errors: [
    errors.notificationForged,
    errors.notificationUnreadable,
    errors.notificationUndecided,
    errors.notificationsNotConfigured,
    bodyTooLarge,
    unsupportedMediaType,
    databaseUnavailable,
  ],
  isPublic: true,
};

export const receiveBody = {
  description: 'The event as the provider sends it.',
  schema: { type: 'object', additionalProperties: true },
  examples: {
    paypro: {
      summary: 'An event of PayPro (needs its signature headers)',
      value: {
        id: 'EV1FQ5H1LRP5NK',
        event_type: 'payment.paid',
        created_at: '2026-11-20T09:00:00.000Z',
        payload: { id: 'PPT2N0D6BD7H0A', type: 'payment', state: 'paid' },
      },
    },
  },
};

export const replayBody = {
  type: ReplayNotificationRequest,
  required: false,
  examples: { nothing: { summary: 'Nothing to say', value: {} } },
};

export const list: Documentation = {
  operationId: 'listNotifications',
  summary: 'List what the providers told us',
  description: 'Newest first. What waits for a person is in the states `unmatched` and `failed`.',
  answers: [
    {
      status: 200,
      description: 'One page of notifications.',
      type: NotificationList,
      example: {
        type: 'list',
        data: [example],
        count: 1,
        _links: { self: 'http://localhost:3000/api/notifications?limit=1' },
      },
    },
  ],
  errors: [forbidden],
};

export const find: Documentation = {
  operationId: 'getNotification',
  summary: 'Show a notification',
  description: 'What it named and what became of it.',
  answers: [{ status: 200, description: 'The notification.', type: NotificationResponse, example }],
  errors: [forbidden, errors.notificationNotFound],
};

export const replay: Documentation = {
  operationId: 'replayNotification',
  summary: 'Apply a notification once more',
  description:
    'The provider is asked again, whatever became of it before. Doing so twice is harmless.',
  answers: [
    {
      status: 202,
      description: 'It is pending again and applied in a moment.',
      type: NotificationResponse,
      example: { ...example, state: 'pending', attempts: 0, settled_at: null },
    },
  ],
  errors: [forbidden, errors.notificationNotFound],
  idempotent: true,
  isRepeatable: true,
};
