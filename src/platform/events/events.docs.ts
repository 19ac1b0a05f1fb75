import { exampleIds } from '../../shared/example-ids';
import { type Documentation } from '../http/documented';
import { forbidden, invalidRequest } from '../http/http.errors';
import { EventList } from './event.response';

const CURSOR = 'eyJ0eCI6Ijc0MiIsImlkIjoiMDE5YWE1YzgtZmMwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDMwIn0';

export const list: Documentation = {
  operationId: 'listEvents',
  summary: 'Read what happened',
  description:
    'Every event, oldest first; staff only. Keep `cursor` and send it as `after` next time: whoever reads on from ' +
    'there misses nothing, also not what was committed late. Events of running transactions appear once they ended.\n\n' +
    'Payments: `payment.created`, `.open`, `.approvable` (the payer agreed), `.processing`, `.authorized`, `.captured` ' +
    '(a part of held money, or money beyond what `.paid` told of), `.paid`, `.canceled`, `.expired`, `.failed` (also where the provider refused to create ' +
    'it), `.approval_failed` and `.capture_failed` (refused, declined, or a person has to find out), ' +
    '`.cancellation_failed`, `.conflict`, `.conflict_ended`. Refunds: `refund.created`, `.refunded`, `.failed`, ' +
    '`.canceled`. Chargebacks: `chargeback.opened`, `.lost`, `.won`, `.updated` ' +
    '(money moved within the state).',
  answers: [
    {
      status: 200,
      description: 'One page of events.',
      type: EventList,
      example: {
        type: 'list',
        data: [
          {
            id: exampleIds.event,
            type: 'payment.paid',
            subject: { kind: 'payment', id: exampleIds.paidPaypal },
            sequence: 4,
            data: {
              id: exampleIds.paidPaypal,
              provider: 'paypal',
              state: 'paid',
              amount: 4999,
              captured_amount: 4999,
              currency: 'EUR',
              customer: exampleIds.customer,
              subject: null,
              conflict: null,
              actor: 'demo-staff',
            },
            created_at: '2026-11-20T09:00:00.000Z',
          },
        ],
        count: 1,
        cursor: CURSOR,
        _links: { self: 'http://localhost:3000/api/events?limit=1' },
      },
    },
  ],
  errors: [invalidRequest, forbidden],
};
