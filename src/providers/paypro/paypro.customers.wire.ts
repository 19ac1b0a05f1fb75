import { textAt, valueAt } from '../../shared/json';

/**
 * Body of `POST /customers` and `PATCH /customers/{id}`; null clears a field.
 * See https://docs.paypro.nl/reference/api/customers
 */
export interface PayproCustomer {
  readonly email: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly company_name: string | null;
  readonly address: string | null;
  readonly postal: string | null;
  readonly city: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly vat_number: string | null;
  readonly phone_number: string | null;
}

/** Null when the body is no customer: every object says what it is. */
export function readCustomerId(body: unknown): string | null {
  const isCustomer = (valueAt(body, 'type') ?? 'customer') === 'customer';
  return isCustomer ? textAt(body, 'id') : null;
}
