import { exampleUuids } from '../../../shared/example-ids';
import { showId } from '../../../shared/id';
import { toChargebackResponse } from '../queries/chargeback.view';
import { type ChargebackRow } from '../storage/chargeback.row';

const BASE = 'http://localhost:3000';
const ID = '019aa5c8-fc00-7000-8000-0000000000c1';

const dispute: ChargebackRow = {
  id: ID,
  payment_id: exampleUuids.paidPaypal,
  account: 'paypal',
  provider_chargeback_id: 'PP-D-27803',
  state: 'open',
  provider_state: 'OPEN',
  amount_minor: '500',
  currency: 'EUR',
  taken_minor: '0',
  movements: 0,
  reason: 'UNAUTHORISED',
  conflict: null,
  capture_ref: null,
  opened_at: '2026-11-20T09:00:00.000+00:00',
  version: 2,
  created_at: '2026-11-20T09:00:01.000+00:00',
  updated_at: '2026-11-20T11:30:00.000+00:00',
};

const example = toChargebackResponse(dispute, BASE);

/** Whole chargebacks for the API document, made by the same view that answers requests. */
export const chargebackExamples = {
  id: showId('chg', ID),
  open: example,
  list: {
    type: 'list',
    data: [example],
    count: 1,
    _links: { self: `${BASE}/api/chargebacks?state=open` },
  },
  listOfPayment: {
    type: 'list',
    data: [example],
    count: 1,
    _links: { self: `${BASE}/api/payments/${example.payment}/chargebacks` },
  },
};
