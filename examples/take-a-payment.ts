// Takes a payment with a typed client. Start the demo (npm start), then in a second terminal: npm run example
import { readFileSync } from 'node:fs';
import createClient from 'openapi-fetch';
import type { paths } from './kassa-api.js';

const demo = JSON.parse(readFileSync(`${process.env['DATA_DIR'] ?? '.kassa'}/demo.json`, 'utf8'));
const headers = { Authorization: `Bearer ${demo.user_key}` };
const kassa = createClient<paths>({ baseUrl: demo.api_url, headers });

const created = await kassa.POST('/api/payments', {
  params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
  body: {
    amount: 1250, // minor units: 12.50 euros
    currency: 'EUR',
    customer: demo.customers.user,
    description: 'Order 1234: two tickets',
    return_url: 'https://shop.example/thanks',
    cancel_url: 'https://shop.example/cart',
  },
});
if (!created.data?.checkout_url) throw new Error(created.error?.detail ?? 'not payable yet');
const { id, checkout_url } = created.data;
console.log(`${id} is ${created.data.state}; the payer agrees at ${checkout_url}`);

// The payer's part: the button "Pay" of the simulated gateway, which sends the browser back to return_url.
await fetch(checkout_url, {
  method: 'POST',
  body: new URLSearchParams({ action: 'pay' }),
  redirect: 'manual',
});

const approved = await kassa.POST('/api/payments/{id}/approve', { params: { path: { id } } });
if (!approved.data) throw new Error(approved.error.detail);
console.log(
  `${id} is ${approved.data.state}: ${approved.data.amount_decimal} ${approved.data.currency}`,
);
