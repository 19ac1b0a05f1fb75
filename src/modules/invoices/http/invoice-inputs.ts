import { type Caller } from '../../../platform/auth/caller';
import { invalidRequest } from '../../../platform/http/http.errors';
import { type IdempotencyClaim } from '../../../platform/http/idempotency';
import { readCustomerId } from '../../customers/customers.facade';
import { type CreateInvoiceInput, noSuchCustomer } from '../actions/create-invoice';
import { type DraftInput } from '../actions/draft-input';
import { type InvoiceFilter } from '../queries/invoice-queries';
import { type CreateInvoiceRequest, type UpdateInvoiceRequest } from './invoice.requests';
import { type ListInvoicesQuery } from './list-invoices.request';
import { readLines } from './read-lines';

/** Who asked, and under which key. */
export interface Asked {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
}

export function toCreateInput(asked: Asked, body: CreateInvoiceRequest): CreateInvoiceInput {
  return {
    ...asked,
    customerId: customerIdOf(body.customer),
    currency: body.currency,
    locale: body.locale ?? null,
    reference: body.reference ?? null,
    dueDate: body.due_date ?? null,
    startDate: body.start_date ?? null,
    endDate: body.end_date ?? null,
    vatExemptionReason: body.vat_exemption_reason ?? null,
    lines: readLines(body.lines),
  };
}

/** Only what was sent; null clears. */
export function toChanges(body: UpdateInvoiceRequest): Partial<DraftInput> {
  const { customer, currency, lines, locale } = body;
  return {
    ...(customer === undefined ? {} : { customerId: customerIdOf(customer) }),
    ...(currency === undefined ? {} : { currency }),
    ...(lines === undefined ? {} : { lines: readLines(lines) }),
    ...(locale === undefined || locale === null ? {} : { locale }),
    ...(body.reference === undefined ? {} : { reference: body.reference }),
    ...(body.due_date === undefined ? {} : { dueDate: body.due_date }),
    ...(body.start_date === undefined ? {} : { startDate: body.start_date }),
    ...(body.end_date === undefined ? {} : { endDate: body.end_date }),
    ...(body.vat_exemption_reason === undefined
      ? {}
      : { vatExemptionReason: body.vat_exemption_reason }),
  };
}

export function toFilter(query: ListInvoicesQuery, timeZone: string): InvoiceFilter {
  return {
    customerId: query.customer === undefined ? null : filteredCustomer(query.customer),
    state: query.state ?? null,
    kind: query.kind ?? null,
    number: query.number ?? null,
    issuedFrom: query.issued_from ?? null,
    issuedTo: query.issued_to ?? null,
    isOverdue: answerOf(query.overdue),
    isOverpaid: answerOf(query.overpaid),
    isReturned: answerOf(query.returned),
    timeZone,
  };
}

/** Null where nothing was asked. */
function answerOf(text: string | undefined): boolean | null {
  return text === undefined ? null : text === 'true';
}

function customerIdOf(text: string): string {
  const id = readCustomerId(text);
  if (id === null) throw noSuchCustomer();
  return id;
}

function filteredCustomer(text: string): string {
  const id = readCustomerId(text);
  if (id !== null) return id;
  const detail = 'This is no customer id. Send one such as cus_….';
  throw invalidRequest(detail, { errors: [{ pointer: '?customer', code: 'customer', detail }] });
}
