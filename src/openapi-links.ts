import { type OpenAPIObject } from '@nestjs/swagger';
import { answersOf, operationsOf } from './platform/openapi/operations';

/** What usually comes next: operations, and where their parameters come from. */
type Next = Readonly<Record<string, Readonly<Record<string, string>>>>;

const byId = { id: '$response.body#/id' };

const AFTER_PAYMENT: Next = {
  getPayment: byId,
  approvePayment: byId,
  cancelPayment: byId,
  getPaymentTimeline: byId,
};
const AFTER_MONEY: Next = {
  getPayment: byId,
  refundPayment: byId,
  createInvoiceFromPayment: { payment: byId.id },
};
const AFTER_REFUND: Next = { getRefund: byId, cancelRefund: byId };
const AFTER_DRAFT: Next = {
  getInvoice: byId,
  previewInvoice: byId,
  updateInvoice: byId,
  issueInvoice: byId,
};
const AFTER_ISSUE: Next = {
  getInvoice: byId,
  payInvoice: byId,
  creditInvoice: byId,
  getInvoicePdf: byId,
  getInvoiceUbl: byId,
};
const AFTER_ENDPOINT: Next = {
  getWebhookEndpoint: byId,
  pingWebhookEndpoint: byId,
  listWebhookDeliveries: byId,
};

const NEXT: Readonly<Record<string, Next>> = {
  createPayment: AFTER_PAYMENT,
  payInvoice: AFTER_PAYMENT,
  approvePayment: AFTER_MONEY,
  approveAnyPayment: AFTER_MONEY,
  capturePayment: AFTER_MONEY,
  refundPayment: AFTER_REFUND,
  createInvoice: AFTER_DRAFT,
  createInvoiceFromPayment: AFTER_DRAFT,
  issueInvoice: AFTER_ISSUE,
  creditInvoice: { getInvoice: byId, getInvoicePdf: byId, getInvoiceUbl: byId },
  createCustomer: { getCustomer: byId, createMandate: byId, listBalanceEntries: byId },
  createMandate: { getMandate: { id: '$request.path.id', mandate: byId.id } },
  createWebhookEndpoint: AFTER_ENDPOINT,
};

/** Links the successful answers that show a new or changed object to the operations that usually come next. */
export function withLinks(document: OpenAPIObject): OpenAPIObject {
  for (const { operation } of operationsOf(document)) {
    const next = NEXT[operation.operationId ?? ''];
    if (!next) continue;
    const links = Object.entries(next).map(
      ([operationId, parameters]) => [operationId, { operationId, parameters }] as const,
    );
    for (const [status, answer] of answersOf(operation)) {
      if (/^2/.test(status)) Object.assign(answer, { links: Object.fromEntries(links) });
    }
  }
  return document;
}
