import { type Caller } from '../../../platform/auth/caller';
import { invalidRequest } from '../../../platform/http/http.errors';
import { type IdempotencyClaim } from '../../../platform/http/idempotency';
import { timeOf } from '../../../platform/http/time-query';
import { Money } from '../../../shared/money/money';
import { readCustomerId } from '../../customers/customers.facade';
import { type CreatePaymentInput } from '../actions/create-payment';
import { customerRequired, customerUnknown } from '../payments.errors';
import { type PaymentFilter } from '../queries/payment-queries';
import { type ListPaymentsQuery } from './list-payments.request';
import { type CreatePaymentRequest } from './payment.requests';

/** A validated request as the action takes it; refuses parts that exclude each other. */
export function toCreateInput(
  caller: Caller,
  idempotency: IdempotencyClaim | null,
  body: CreatePaymentRequest,
): CreatePaymentInput {
  refuseContradictions(body);
  return {
    caller,
    idempotency,
    provider: body.provider ?? null,
    customerId: customerIdOf(body.customer ?? null),
    amount: Money.of(BigInt(body.amount), body.currency),
    captureMethod: body.capture_method ?? 'automatic',
    description: body.description ?? null,
    returnUrl: body.return_url ?? null,
    cancelUrl: body.cancel_url ?? null,
    payMethods: body.pay_methods ?? [],
    metadata: body.metadata ?? {},
    locale: body.locale ?? null,
    setupMandate: body.setup_mandate ?? false,
    mandate: body.mandate ?? null,
    autoApprove: body.auto_approve ?? null,
  };
}

export function toFilter(query: ListPaymentsQuery): PaymentFilter {
  return {
    customerId: query.customer === undefined ? null : filteredCustomer(query.customer),
    state: query.state ?? null,
    provider: query.provider ?? null,
    hasConflict: query.conflict === undefined ? null : query.conflict === 'true',
    createdFrom: timeOf('created_from', query.created_from),
    createdTo: timeOf('created_to', query.created_to),
  };
}

function customerIdOf(text: string | null): string | null {
  if (text === null) return null;
  const id = readCustomerId(text);
  if (id !== null) return id;
  const detail = 'This is no customer id. Send one such as cus_…, from POST /api/customers.';
  throw customerUnknown(detail, {
    errors: [{ pointer: '/customer', code: 'customer_unknown', detail }],
  });
}

function filteredCustomer(text: string): string {
  const id = readCustomerId(text);
  if (id !== null) return id;
  const detail = 'This is no customer id. Send one such as cus_….';
  throw invalidRequest(detail, {
    errors: [{ pointer: '?customer', code: 'customer', detail }],
  });
}

/** The rules that the second seed states for its fields; checked here so that no provider has to. */
function refuseContradictions(body: CreatePaymentRequest): void {
  const { mandate, setup_mandate: setup, customer, pay_methods: methods } = body;
  if (typeof mandate === 'string') {
    if (methods) refuse('/pay_methods', 'Leave pay_methods out: the mandate says how it is paid.');
    if (setup) refuse('/setup_mandate', 'Leave setup_mandate out: there is a mandate already.');
  }
  if (setup && !customer) refuseMissing('Send the customer that the mandate is set up for.');
}

function refuseMissing(detail: string): never {
  const errors = [{ pointer: '/customer', code: 'customer_required', detail }];
  throw customerRequired(detail, { errors });
}

function refuse(pointer: string, detail: string): never {
  throw invalidRequest(detail, { errors: [{ pointer, code: 'excludes', detail }] });
}
