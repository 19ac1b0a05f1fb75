/** An answer of which nobody knows the outcome: the specs of unknown outcomes provoke those. */
const SILENT = 'the provider must not answer';

/** Why examples are not replayed with the others, by operation, or by operation and key. */
export const NOT_REPLAYED: Readonly<Record<string, string>> = {
  'approvePayment unknown': SILENT,
  'approveAnyPayment unknown': SILENT,
  'approveFrozenPayment unknown': SILENT,
  'cancelPayment unknown': SILENT,
  'cancelAnyPayment unknown': SILENT,
  'cancelRefund unknown': SILENT,
  'capturePayment unknown': SILENT,
  'createMandate unknown': SILENT,
  'createPayment unknown': SILENT,
  'payInvoice unknown': SILENT,
  'refundPayment unknown': SILENT,
  'resolveOperation unknown': SILENT,
  reauthorizePayment: 'days must pass',
  receiveNotification: 'the provider must sign it: notifications.spec.ts',
  getInvoicePdf: 'it takes a browser: test/pdf',
  getInvoiceFacturX: 'it takes a browser: test/pdf',
  previewInvoice: 'it takes a browser: test/pdf',
  getFrozenInvoicePdf: 'it takes a browser: test/pdf',
  listWebhookDeliveries: 'somebody must listen: webhooks-control.spec.ts',
  redeliverWebhook: 'somebody must listen: webhooks-control.spec.ts',
  replayWebhooks: 'somebody must listen: webhooks-control.spec.ts',
  pingWebhookEndpoint: 'somebody must listen: webhooks-control.spec.ts',
  'resolveOperation link': 'the provider must show it: operations.spec.ts',
  'resolveOperation failed': 'the provider must not show it: operations.spec.ts',
};

/**
 * Members that the program does not answer as an example shows, each the beginning of a sentence: books that other
 * examples write in, and what no example of the demonstration has yet. An entry that nothing needs fails the test.
 */
export const UNLIKE: readonly string[] = [
  'getCustomer 200 demo: body.balances.0.amount',
  'updateCustomer 200 address: body.balances.0.amount',
  'getChargeback 200 demo: body.provider_chargeback_id',
  'getChargeback 200 demo: body.provider_state',
  'getOperation 200 demo: body.kind',
  'getOperation 200 demo: body.payment_state',
  'getOperation 200 demo: body.error',
  'resolveOperation 200 retry: body.kind',
  'resolveOperation 200 retry: body.payment_state',
  'resolveOperation 200 retry: body.review.note',
  'checkLedger 200 demo: body.totals.0.accounts',
  'getInvoice 200 demo: body.start_date',
  'getInvoice 200 demo: body.end_date',
  'getInvoice 200 demo: body.lines.0.description',
  'getFrozenInvoice 200 demo: body.start_date',
  'getFrozenInvoice 200 demo: body.end_date',
  'getFrozenInvoice 200 demo: body.items.0.description',
];
