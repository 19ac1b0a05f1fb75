import { type DemoInfo } from './demo-info';

interface Shown {
  readonly info: DemoInfo;
  readonly dataDir: string;
  readonly embeddedDatabase: boolean;
}

/** A payment of 12.50 EUR at PayPal, ready to be pasted into a POSIX shell. */
function firstPayment(info: DemoInfo): string {
  const body = {
    provider: 'paypal',
    amount: 1250,
    currency: 'EUR',
    description: 'My first payment',
    customer: info.customers.user,
    return_url: 'https://example.com/thanks',
    cancel_url: 'https://example.com/cart',
  };
  return [
    `curl -s ${info.api_url}/api/payments \\`,
    `  -H 'Authorization: Bearer ${info.staff_key}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(body)}'`,
  ].join('\n    ');
}

/** What somebody who has just typed `npm start` wants to know, and nothing else. */
export function renderBanner({ info, dataDir, embeddedDatabase }: Shown): string {
  const database = embeddedDatabase ? 'embedded PostgreSQL' : 'the one of DATABASE_URL';
  return `
  Kassa is ready. No real money can move: both gateways are simulated.

    API          ${info.api_url}/api
    Docs         ${info.docs_url}   (Swagger UI, already signed in)
    Sample shop  ${info.shop_url}   (pays with PayPal, as the user below)
    Simulators   ${info.sandbox_url}   (PayPal and PayPro)
    Database     ${database}
    Data         ${dataDir}   (kept; remove it to begin anew)

    Staff key    ${info.staff_key}
    User key     ${info.user_key}   (${info.customers.user})
    Other user   ${info.other_user_key}   (${info.customers.other_user})

  Your first payment:

    ${firstPayment(info)}

  Open the checkout_url of the answer: a pay page with buttons to pay, decline or cancel.
  For scripts, all of this is in ${dataDir}/demo.json.

  Ctrl-C stops everything.
`;
}
