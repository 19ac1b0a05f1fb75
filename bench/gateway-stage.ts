import { type Server } from './processes';
import { insertKey } from './seed';
import { startBare, startKassa } from './servers';
import { fill, type Stage } from './stage';
import { NOTIFICATIONS_TABLE } from './bare/notifications';
import { type Tools } from './tools';

/** A database is for real or for simulated money, and receivers on this machine are called for the latter only. */
const DATABASE = 'kassa_demo';

/** What an invoice needs by law of whoever sends it. */
const ISSUER_SETTINGS = {
  INVOICE_ISSUER_NAME: 'Kassa Bench B.V.',
  INVOICE_ISSUER_ADDRESS: 'Damrak 1',
  INVOICE_ISSUER_POSTAL: '1012 LG',
  INVOICE_ISSUER_CITY: 'Amsterdam',
  INVOICE_ISSUER_COUNTRY: 'NL',
  INVOICE_ISSUER_VAT_NUMBER: 'NL123456789B01',
  INVOICE_ISSUER_REGISTRATION_NUMBER: '12345678',
};

/** The stage on which gateways tell Kassa, and Kassa tells merchants. */
export interface GatewayStage extends Stage {
  readonly tools: Tools;
  readonly databaseUrl: string;
  readonly staffKey: string;
}

/** The servers of the first stage have ended by now. */
export async function setGatewayStage(tools: Tools, { database }: Stage): Promise<GatewayStage> {
  await database.query(`CREATE DATABASE ${DATABASE}`);
  const url = new URL(tools.databaseUrl);
  url.pathname = `/${DATABASE}`;
  const databaseUrl = url.href;
  const kassa = await startListening(tools, { databaseUrl, runsJobs: true });
  const bare = await startBare(tools, databaseUrl);
  const filled = await fill(tools, databaseUrl);
  await filled.database.query(NOTIFICATIONS_TABLE);
  const staffKey = await insertKey(filled.database, 'staff');
  return { kassa, bare, load: tools.load, ...filled, tools, databaseUrl, staffKey };
}

/** The same stage with a Kassa that leaves the jobs lying, as one does that has workers elsewhere. */
export async function withoutJobs(stage: GatewayStage): Promise<GatewayStage> {
  const { tools, databaseUrl } = stage;
  await stage.kassa.child.stop();
  return { ...stage, kassa: await startListening(tools, { databaseUrl, runsJobs: false }) };
}

function startListening(
  tools: Tools,
  { databaseUrl, runsJobs }: { readonly databaseUrl: string; readonly runsJobs: boolean },
): Promise<Server> {
  const { simulatorUrl, accounts } = tools;
  return startKassa(tools, {
    DATABASE_URL: databaseUrl,
    RUN_JOBS: String(runsJobs),
    DEMO: 'true',
    PROVIDERS: 'paypal,paypro',
    ...ISSUER_SETTINGS,
    PAYPRO__API_KEY: accounts.payproKey,
    PAYPRO__MODE: 'sandbox',
    PAYPRO__BASE_URL: `${simulatorUrl}/paypro`,
    PAYPRO__WEBHOOK_SECRETS: accounts.webhookSecret,
  });
}
