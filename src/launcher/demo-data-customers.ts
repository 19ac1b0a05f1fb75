import { type CreateCustomer } from '../modules/customers/actions/create-customer';
import { type CustomerQueries } from '../modules/customers/queries/customer-queries';
import { type Caller } from '../platform/auth/caller';
import { exampleUuids } from '../shared/example-ids';
import { DEMO_SUBJECTS } from './demo-data-keys';

export const DEMO_STAFF: Caller = { subject: DEMO_SUBJECTS.staff, role: 'staff' };

const CUSTOMERS = [
  {
    id: exampleUuids.customer,
    owners: [DEMO_SUBJECTS.user],
    fields: {
      name: 'Walter Lebowski',
      email: 'walter@example.com',
      first_name: 'Walter',
      last_name: 'Lebowski',
      address: 'Keizersgracht 1',
      postal: '1015 CN',
      city: 'Amsterdam',
      country: 'NL',
      // A sole trader: Peppol delivers to businesses only.
      vat_number: 'NL987654321B01',
      locale: 'nl',
    },
  },
  {
    id: exampleUuids.otherCustomer,
    owners: [DEMO_SUBJECTS.other],
    fields: {
      name: 'Sobchak Security',
      company_name: 'Sobchak Security BV',
      email: 'office@sobchak.example',
      address: 'Herengracht 10',
      postal: '1015 BN',
      city: 'Amsterdam',
      country: 'NL',
      vat_number: 'NL123456789B01',
    },
  },
  {
    id: exampleUuids.belgianCustomer,
    owners: [DEMO_SUBJECTS.user],
    fields: {
      name: 'Maude Duchamp',
      company_name: 'Brouwerij Duchamp BV',
      email: 'boekhouding@duchamp.example',
      address: 'Meir 1',
      postal: '2000',
      city: 'Antwerpen',
      country: 'BE',
      vat_number: 'BE0123456749',
      locale: 'en',
    },
  },
  {
    id: exampleUuids.germanCustomer,
    owners: [DEMO_SUBJECTS.user],
    fields: {
      name: 'Jörg Müller',
      email: 'joerg@example.com',
      address: 'Königsallee 5',
      postal: '40212',
      city: 'Düsseldorf',
      country: 'DE',
      locale: 'de',
    },
  },
];

/** The customers of the demonstration, each owned by one of its user keys. */
export async function makeDemoCustomers(
  create: CreateCustomer,
  queries: CustomerQueries,
): Promise<void> {
  for (const customer of CUSTOMERS) {
    if (await queries.find(DEMO_STAFF, customer.id)) continue;
    await create.execute({ caller: DEMO_STAFF, idempotency: null, ...customer });
  }
}
