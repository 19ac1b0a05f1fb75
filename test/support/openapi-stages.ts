import { exampleIds } from '../../src/shared/example-ids';
import { eventually } from './http';
import * as invoices from './invoices';
import { lost, lostStages } from './openapi-lost-stages';
import * as made from './openapi-payment-stages';
import { inBody, type Prepare } from './openapi-stage';
import { webhookStages } from './openapi-webhook-stages';
import * as payments from './payments';

const draft: Prepare = async (app) => {
  const body = { customer: exampleIds.customer, locale: 'nl', reference: 'PO-4711' };
  const days = { start_date: '2026-11-01', end_date: '2026-11-30' };
  const id = await invoices.makeDraft(app, { ...body, ...days });
  return { ids: { id } };
};

const issued: Prepare = async (app, key) => {
  const stage = await draft(app, key);
  payments.expectStatus(await invoices.command(app, stage.ids?.['id'] ?? '', 'issue'), 200);
  return stage;
};

/** A payment of it is open already, asked for by the same request. */
const payRequested: Prepare = async (app, key) => {
  const stage = await issued(app, key);
  const again = { ...invoices.payBody('paypro'), pay_methods: ['ideal'] };
  const body = { ...again, ...SHOP };
  payments.expectStatus(await invoices.command(app, stage.ids?.['id'] ?? '', 'pay', { body }), 201);
  return stage;
};

/** Jobs print what was issued. */
const allPrinted: Prepare = async (app) => {
  const unprinted = `SELECT id FROM invoices.invoices i WHERE issued_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM invoices.files f WHERE f.invoice_id = i.id AND f.kind = 'pdf')`;
  await eventually(
    () => app.query(unprinted),
    (rows) => rows.length === 0,
  );
  return {};
};

/** The addresses of the examples. */
const SHOP = {
  return_url: 'https://shop.example.com/return',
  cancel_url: 'https://shop.example.com/cancel',
};

/**
 * By operation and status, by operation and key, or by operation. What is not here needs nothing but the data of the
 * demonstration.
 */
export const stages: Readonly<Record<string, Prepare>> = {
  cancelPayment: made.openPayment,
  cancelAnyPayment: inBody(made.openPayment),
  approveFrozenPayment: made.backAtOlderShop,
  'approveFrozenPayment unknown': made.pendingAtOlderShop,
  cancelFrozenPayment: made.olderOrder,
  reauthorizePayment: made.oldHold,
  capturePayment: made.heldPayment,
  refundPayment: made.paidPayment,
  'refundPayment all': made.partlyRefunded,
  createInvoiceFromPayment: made.paidPayment,
  'createPayment mandate': made.chargeMandate,
  getMandate: made.mandate,
  listMandates: made.mandate,
  getChargeback: made.dispute,
  listChargebacks: made.dispute,
  listChargebacksOfPayment: made.disputedPayment,
  listConflicts: made.conflict,
  closeConflict: made.conflict,
  deleteInvoice: draft,
  updateInvoice: draft,
  issueInvoice: draft,
  creditInvoice: issued,
  payInvoice: issued,
  getFrozenInvoice: allPrinted,
  listFrozenInvoices: allPrinted,
  'payInvoice 200': payRequested,
  'payInvoice unknown': lost(issued, 'paypro', { method: 'POST', path_contains: '/payments' }),
  ...lostStages,
  ...webhookStages,
};
