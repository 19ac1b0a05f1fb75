import { exampleIds, exampleUuids } from '../../../shared/example-ids';
import { hexId } from '../../../shared/id';
import { customerUrl, paymentUrl, readCustomer } from './frozen-links';

const uuid = exampleUuids.customer;

describe('links of the older API', () => {
  it('hold ids as 32 hexadecimal digits and end with a slash', () => {
    expect(customerUrl('https://pay.example', { uuid })).toBe(
      'https://pay.example/api/customers/019aa5c8fc0070008000000000000001/',
    );
    expect(paymentUrl('https://pay.example', { uuid })).toBe(
      'https://pay.example/api/paypal-payments/019aa5c8fc0070008000000000000001/',
    );
  });

  const spellings = [hexId(uuid), hexId(uuid).toUpperCase(), uuid, exampleIds.customer];

  it.each(
    spellings.flatMap((id) => [
      id,
      `/api/customers/${id}/`,
      `/api/customers/${id}`,
      `http://elsewhere.example/api/customers/${id}/`,
      `https://pay.example/kassa/api/customers/${id}?a=b#c`,
    ]),
  )('lead to a customer: %s', (text) => {
    expect(readCustomer(text)).toBe(uuid);
  });

  it.each([
    '',
    'nobody',
    'http://',
    'http://pay.example/',
    `ftp://pay.example/api/customers/${uuid}/`,
    `javascript:/api/customers/${uuid}/`,
    `http://pay.example/api/users/${uuid}/`,
    `http://pay.example/${uuid}`,
    `/api/customers/${uuid}/mandates/`,
    '/api/customers/1/',
    `/api/customers/${exampleIds.openPaypal}/`,
  ])('lead nowhere: %s', (text) => {
    expect(readCustomer(text)).toBeNull();
  });
});
