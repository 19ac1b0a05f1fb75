import { createHash } from 'node:crypto';
import { type CustomerDetails } from '../../../providers/provider-parts';
import { type CustomerFields } from '../storage/customers.repository';

/** What a provider is told about a customer. Ours may have one name only, where providers ask for two. */
export function toDetails(customer: CustomerFields): CustomerDetails {
  const { first_name: firstName, last_name: lastName, company_name: companyName } = customer;
  const isNamed = firstName !== null || lastName !== null || companyName !== null;
  return {
    email: customer.email,
    firstName,
    lastName: isNamed ? lastName : customer.name,
    companyName,
    address: customer.address,
    postal: customer.postal,
    city: customer.city,
    country: customer.country,
    vatNumber: customer.vat_number,
    phoneNumber: customer.phone_number,
  };
}

/** Tells whether a provider knows what we know. */
export function hashOf(details: CustomerDetails): string {
  return createHash('sha256').update(JSON.stringify(details)).digest('base64url');
}
