import { startTestApp, type TestApp } from '../support/app';
import * as invoices from '../support/invoices';
import { expectProblem } from '../support/payments';
import { readPdf } from '../support/pdf';
import { itWithBrowser } from '../support/pdf-it';
import { brokenPromises } from '../support/promises';

/** More are refused. */
const LINES_MAX = 500;
/** Below the 64 kB of a request. */
const BODY_BYTES = 63 * 1024;

/** As many lines of this description as the API takes. */
function heaviest(description: string, linesMax = LINES_MAX): object[] {
  const line = { description, unit_price: '1', vat_rate: '21' };
  const size = Buffer.byteLength(JSON.stringify(line)) + 1;
  const count = Math.min(linesMax, Math.floor((BODY_BYTES - 200) / size));
  return Array.from({ length: count }, () => line);
}

describe('the heaviest invoices that are taken', () => {
  let app: TestApp;
  let customer: string;
  beforeAll(async () => {
    app = await startTestApp({ settings: { ...invoices.ISSUER_SETTINGS, RUN_JOBS: 'false' } });
    customer = await invoices.newCustomer(app);
    await print(await invoices.makeIssued(app, { customer }));
  });
  afterAll(() => app?.close());

  function print(id: string): Promise<Response> {
    return fetch(`${app.url}/api/invoices/${id}/pdf`, {
      headers: { authorization: `Bearer ${app.keys.staff}` },
    });
  }

  itWithBrowser.each([
    ['the most rows', heaviest(`a${'\n'.repeat(10)}b`)],
    ['the longest texts', heaviest('W'.repeat(500))],
    ['the longest texts of wide letters', heaviest('賃'.repeat(500))],
  ])('print before they are given up: %s', async (_, lines) => {
    const id = await invoices.makeIssued(app, { customer, lines });
    const answer = await print(id);
    expect(answer.status).toBe(200);
    const { pages } = await readPdf(Buffer.from(await answer.arrayBuffer()));
    expect(pages).toBeGreaterThan(5);
  });

  it('have no more rows in a line', async () => {
    const lines = [{ ...invoices.PLAN_LINE, description: `a${'\n'.repeat(11)}b` }];
    const refused = await invoices.draft(app, { lines });
    expectProblem(refused, 422, 'invalid_request');
    expect(refused.text).toContain('at most 10 line breaks');
  });

  it('keep every promise of the API', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
