import { type JsonObject } from '../http/json';
import { type Sandbox } from '../sandbox';
import { type Customer, CUSTOMER_FIELDS } from './payment';

/** A customer as every answer and event shows it. */
export function customerView(sandbox: Sandbox, customer: Customer): JsonObject {
  return {
    id: customer.id,
    type: 'customer',
    ...Object.fromEntries(CUSTOMER_FIELDS.map((name) => [name, customer.fields[name] ?? null])),
    created_at: customer.createdAt,
    _links: { self: `${sandbox.publicUrl()}/paypro/customers/${customer.id}` },
  };
}
