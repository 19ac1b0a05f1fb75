import { exampleIds, exampleUuids } from '../../../shared/example-ids';
import { toConflictResponse } from '../queries/conflict.view';
import { type ConflictRow } from '../storage/conflicts';

const open: ConflictRow = {
  id: exampleUuids.conflict,
  payment_id: exampleUuids.paidPaypro,
  code: 'paid_after_canceled',
  about: '',
  evidence: 'paid, captured EUR 10.00',
  cause: 'refresh',
  actor: 'demo-staff',
  created_at: '2026-11-20T09:00:00.000+00:00',
  closed_at: null,
  closed_by: null,
  note: null,
};

const closed: ConflictRow = {
  ...open,
  closed_at: '2026-11-20T11:30:00.000+00:00',
  closed_by: 'demo-staff',
  note: 'The customer wanted to pay after all.',
};

const example = toConflictResponse(open);

/** Whole conflicts for the API document, made by the same view that answers requests. */
export const conflictExamples = {
  id: exampleIds.conflict,
  closed: toConflictResponse(closed),
  list: {
    type: 'list',
    data: [example],
    count: 1,
    _links: { self: `http://localhost:3000/api/payments/${example.payment}/conflicts` },
  },
};
