import { textAt } from '../src/shared/json';
import { post } from './ask';
import { type GatewayStage } from './gateway-stage';
import { rounded } from './statistics';

/** As many callers as the load has connections: all of them want the next number of one series. */
const AT_ONCE = 32;

export interface IssueRate {
  readonly invoices: number;
  readonly at_once: number;
  readonly per_s: number;
}

const CUSTOMER = {
  name: 'Walter Sobchak',
  address: 'Keizersgracht 1',
  postal: '1015 CN',
  city: 'Amsterdam',
  country: 'NL',
};

/**
 * Invoices issued per second while all want a number of the same series, which one after the other gets. Drafts are made
 * before the clock starts; their files are left to whoever does the jobs.
 */
export async function measureIssues(
  { kassa, staffKey, database }: GatewayStage,
  invoices: number,
): Promise<IssueRate> {
  const made = await post(`${kassa.url}/api/customers`, CUSTOMER, staffKey);
  const customer = idOf(made);
  const drafts: string[] = [];
  await atOnce(invoices, async () => {
    const line = { description: 'Premium plan', unit_price: '100.00', vat_rate: '21' };
    const body = { customer, currency: 'EUR', lines: [line] };
    drafts.push(idOf(await post(`${kassa.url}/api/invoices`, body, staffKey)));
  });
  const startMs = performance.now();
  await atOnce(invoices, async (at) => {
    await post(`${kassa.url}/api/invoices/${drafts[at] ?? ''}/issue`, {}, staffKey);
  });
  const tookMs = performance.now() - startMs;
  const { rows } = await database.query<{ last: number; issued: number }>(
    `SELECT (SELECT max(last_number) FROM invoices.number_series)::int AS last,
       (SELECT count(*) FROM invoices.invoices WHERE state = 'issued')::int AS issued`,
  );
  const [{ last, issued } = { last: 0, issued: 0 }] = rows;
  if (last !== invoices || issued !== invoices) throw new Error('numbers of invoices have gaps');
  return { invoices, at_once: AT_ONCE, per_s: rounded((invoices * 1000) / tookMs, 0) };
}

/** Does the work so many times, each of the callers the next one as soon as it is done. */
async function atOnce(times: number, work: (at: number) => Promise<void>): Promise<void> {
  let begun = 0;
  const callers = Array.from({ length: AT_ONCE }, async () => {
    while (begun < times) await work(begun++);
  });
  await Promise.all(callers);
}

function idOf(answer: unknown): string {
  const id = textAt(answer, 'id');
  if (id === null) throw new Error('an answer has no id');
  return id;
}
