import { type CallResult } from '../provider-call';
import { type CustomerDetails, type CustomerOps } from '../provider-parts';
import { type PayproClient } from './paypro.client';
import { type PayproCustomer, readCustomerId } from './paypro.customers.wire';
import { toResult } from './paypro.outcome';

/**
 * PayPro's own customers: https://docs.paypro.nl/reference/api/customers. They hold no metadata and PayPro
 * recognises no repeat, so one whose answer got lost cannot be told from one that somebody else made.
 */
export class PayproCustomers implements CustomerOps {
  constructor(private readonly client: PayproClient) {}

  async create(
    details: CustomerDetails,
  ): Promise<CallResult<{ readonly providerCustomer: string }>> {
    const reply = await this.client.createCustomer(toCustomer(details));
    return toResult(reply, (body) => {
      const providerCustomer = readCustomerId(body);
      return providerCustomer === null ? undefined : { providerCustomer };
    });
  }

  /** Every field is sent, because PayPro keeps those that are left out as they are. */
  async update(providerCustomer: string, details: CustomerDetails): Promise<CallResult<null>> {
    const reply = await this.client.updateCustomer(providerCustomer, toCustomer(details));
    return toResult(reply, (body) =>
      readCustomerId(body) === providerCustomer ? null : undefined,
    );
  }
}

function toCustomer(details: CustomerDetails): PayproCustomer {
  return {
    email: details.email,
    first_name: details.firstName,
    last_name: details.lastName,
    company_name: details.companyName,
    address: details.address,
    postal: details.postal,
    city: details.city,
    country: details.country,
    vat_number: details.vatNumber,
    phone_number: details.phoneNumber,
  };
}
