import { type Server, startServer, untilListening } from './processes';
import { type Tools } from './tools';

/** Both servers' pools; Kassa's default. */
const POOL_SIZE = '16';
/** Links in both servers' answers, so that the answers are the same to the letter. */
const PUBLIC_URL = 'https://pay.example.com';

type Environment = Readonly<Record<string, string>>;

/** Kassa with one account of PayPal's; `more` are further settings. */
export async function startKassa(
  { simulatorUrl, accounts, parts }: Tools,
  more: Environment & { readonly DATABASE_URL: string },
): Promise<Server> {
  const child = startServer('Kassa', '../src/main.js', {
    DATABASE_POOL_SIZE: POOL_SIZE,
    PORT: '0',
    PUBLIC_URL,
    // The bare server writes no access log either: this compares the work, not the logging.
    LOG_LEVEL: 'warn',
    // Limits are counted and told as always, and never reached.
    RATE_LIMIT_PER_MINUTE: '1000000',
    PROVIDERS: 'paypal',
    PAYPAL__CLIENT_ID: accounts.paypalId,
    PAYPAL__CLIENT_SECRET: accounts.paypalSecret,
    PAYPAL__MODE: 'sandbox',
    PAYPAL__BASE_URL: `${simulatorUrl}/paypal`,
    ...more,
  });
  parts.push(child);
  return { name: 'kassa', url: await untilListening(child), child };
}

export async function startBare(tools: Tools, databaseUrl: string): Promise<Server> {
  const { simulatorUrl, accounts, parts } = tools;
  const child = startServer('The bare server', 'bare-server.js', {
    DATABASE_URL: databaseUrl,
    POOL_SIZE,
    PUBLIC_URL,
    GATEWAY_URL: `${simulatorUrl}/paypal`,
    CLIENT_ID: accounts.paypalId,
    CLIENT_SECRET: accounts.paypalSecret,
  });
  parts.push(child);
  return { name: 'bare', url: await untilListening(child), child };
}
