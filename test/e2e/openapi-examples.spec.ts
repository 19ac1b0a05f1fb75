import { readConfig } from '../../src/config';
import { makeDemoStories } from '../../src/launcher/demo-stories';
import { exampleIds } from '../../src/shared/example-ids';
import { isObject, objectAt } from '../../src/shared/json';
import { environmentSource } from '../../src/shared/settings-reader';
import { createApp, type RunningApp } from '../../src/start-app';
import { type LogLines, startTestApp, type TestApp } from '../support/app';
import { type Answer, call } from '../support/http';
import { ISSUER_SETTINGS } from '../support/invoices';
import { listen } from '../support/notifications';
import { documentedOperations } from '../support/openapi-document';
import { type DocumentedSuccess, pathOf, successesOf } from '../support/openapi-examples';
import {
  differencesFromExample,
  differencesFromFile,
  missingHeaders,
} from '../support/openapi-replay';
import { type Prepare, type Stage } from '../support/openapi-stage';
import { stages } from '../support/openapi-stages';
import { itWithBrowser } from '../support/pdf-it';
import { expectStatus } from '../support/payments';
import { textOf } from '../support/read';

/** Some hundred requests; longer means that it hangs. */
const ALL_TIMEOUT_MS = 240_000;

/** The gateways' clocks go on, and orders end. */
const LAST = ['reauthorizePayment'];

/** Its request only fits a payment at PayPro. */
const OF_ANOTHER = ['refundPayment 201 bancontact'];

/** Whether there is a PDF of each invoice of the demonstration. */
const SHOW_WHAT_IS_PRINTED = ['getFrozenInvoice', 'listFrozenInvoices'];

const examples = documentedOperations
  .flatMap(successesOf)
  .sort((one, other) => turnOf(one) - turnOf(other));
const printed = examples.filter(isPrinted);

describe('the examples in the API document', () => {
  let app: TestApp;
  beforeAll(async () => {
    const settings = { ...ISSUER_SETTINGS, DEMO: 'true' };
    app = await startTestApp({ settings, start: startWithDemo });
    await listen(app);
    const path = `/api/customers/${exampleIds.customer}`;
    const body = { owners: ['demo-user', 'test-user'] };
    expectStatus(await call(app, 'PATCH', path, { key: app.keys.staff, body }), 200);
  }, ALL_TIMEOUT_MS);
  afterAll(() => app?.close());

  itWithBrowser(
    'are answered as they show where a browser prints',
    async () => {
      expect(printed.length).toBeGreaterThan(3);
      expect(await differencesOf(printed)).toEqual([]);
    },
    ALL_TIMEOUT_MS,
  );

  it(
    'are answered as they show',
    async () => {
      const replayed = examples.filter((example) => !isPrinted(example));
      expect(replayed.length).toBeGreaterThan(90);
      expect(await differencesOf(replayed)).toEqual([]);
    },
    ALL_TIMEOUT_MS,
  );

  itWithBrowser('leave to the machine which browser prints, and it is named', async () => {
    const { body } = await call(app, 'GET', '/health/ready');
    expect(['system', 'cache', 'package']).toContain(textOf(body, 'pdf_browser'));
  });

  it('are prepared only where there are any', () => {
    const known = examples.flatMap(namesOf);
    expect(Object.keys(stages).filter((one) => !known.includes(one))).toEqual([]);
  });

  it('show the object that their address names', () => {
    const strange = examples.filter(isOfAnother).map(nameOf);
    expect(strange.filter((name) => !OF_ANOTHER.includes(name))).toEqual([]);
  });

  async function differencesOf(replayed: readonly DocumentedSuccess[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const example of replayed) {
      found.push(...(await differences(app, example)).map((one) => `${nameOf(example)}: ${one}`));
    }
    return found;
  }
});

async function differences(app: TestApp, example: DocumentedSuccess): Promise<readonly string[]> {
  const answer = await replay(app, example).catch((error: unknown) => String(error));
  if (typeof answer === 'string') return [answer];
  const { operation, status, shown } = example;
  if (answer.status !== status) return [`is answered ${answer.status}: ${answer.text}`];
  const documented = objectAt(operation.content, 'responses', String(status));
  return [
    ...missingHeaders(documented, answer.headers),
    ...(typeof shown === 'string'
      ? differencesFromFile(shown, answer.text)
      : differencesFromExample(shown, answer.body)),
  ];
}

async function replay(app: TestApp, example: DocumentedSuccess): Promise<Answer> {
  const { operation, key, body } = example;
  const { ids, body: members, sign, clear }: Stage = (await stageOf(example)?.(app, key)) ?? {};
  const raw = isObject(body) ? JSON.stringify({ ...body, ...members }) : undefined;
  const sent = raw === undefined ? {} : { raw, headers: sign?.(raw) ?? {} };
  try {
    return await call(app, operation.method, pathOf(operation, ids), {
      key: app.keys.staff,
      ...sent,
    });
  } finally {
    await clear?.();
  }
}

/** What the demonstration made is read before other examples change it. */
function turnOf(example: DocumentedSuccess): number {
  const { id, method } = example.operation;
  if (LAST.includes(id)) return 2;
  return method === 'GET' && stageOf(example) === undefined ? 0 : 1;
}

function stageOf(example: DocumentedSuccess): Prepare | undefined {
  return namesOf(example)
    .map((name) => stages[name])
    .find((one) => one !== undefined);
}

/** Shows objects of the kind that the address names, and not the one that it names. */
function isOfAnother({ operation, shown }: DocumentedSuccess): boolean {
  const text = JSON.stringify(shown);
  const ids = pathOf(operation).match(/[a-z]+_[0-9a-z]{26}/g) ?? [];
  return ids.some((id) => {
    const [kind] = id.split('_');
    return text.includes(`"${kind}_`) && !text.includes(id);
  });
}

/** Where a browser has to print first. */
function isPrinted({ operation, shown }: DocumentedSuccess): boolean {
  const isFile = typeof shown === 'string' && shown.startsWith('%PDF');
  return isFile || SHOW_WHAT_IS_PRINTED.includes(operation.id);
}

/** The most exact one first. */
function namesOf({ operation: { id }, status, key }: DocumentedSuccess): readonly string[] {
  return [`${id} ${status}`, `${id} ${key}`, id];
}

function nameOf({ operation, status, key }: DocumentedSuccess): string {
  return `${operation.id} ${status} ${key}`;
}

/** The program with the data of the demonstration. */
async function startWithDemo(
  settings: Readonly<Record<string, string>>,
  log: LogLines,
): Promise<RunningApp> {
  const app = await createApp(readConfig(environmentSource(settings, noFile)), log);
  try {
    await app.listen({ port: 0, host: '127.0.0.1' });
    await makeDemoStories(app);
    return { url: await app.getUrl(), close: () => app.close() };
  } catch (error) {
    await app.close();
    throw error;
  }
}

function noFile(): string {
  throw new Error('no setting comes from a file');
}
