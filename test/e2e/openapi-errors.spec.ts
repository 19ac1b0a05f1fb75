import { generateApiKey } from '../../src/platform/auth/api-key';
import { startTestApp, type TestApp } from '../support/app';
import { type Answer, call } from '../support/http';
import { documentedOperations } from '../support/openapi-document';
import { bodyOf, type DocumentedError, errorsOf, pathOf } from '../support/openapi-examples';
import { genericRecipes, recipes, USED_KEY } from '../support/openapi-recipes';
import { UNPROVEN } from '../support/openapi-unproven';
import { objectOf } from '../support/read';

/** Members of a problem that are the same for every occurrence of its code. */
const FIXED = ['type', 'title', 'status', 'code', 'retryable'];

/** Hundreds of requests; longer means that it hangs. */
const ALL_TIMEOUT_MS = 240_000;

const errors = documentedOperations.flatMap(errorsOf);

describe('the errors in the API document', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
    await app.query(
      `INSERT INTO platform.idempotency_keys (caller, key, fingerprint, resource_id)
       VALUES ('test-staff', $1, 'of another request', gen_random_uuid())`,
      [USED_KEY],
    );
  });
  afterAll(() => app?.close());

  it(
    'are answered as documented, but for a list that must shrink',
    async () => {
      const unproven: string[] = [];
      for (const error of errors.filter(({ code }) => code !== 'database_unavailable')) {
        const answer = await provoke(error);
        if (answer === null || !isAsDocumented(error, answer)) unproven.push(nameOf(error));
      }
      const listed = errors.filter(isListed).map(nameOf);
      expect(unproven.filter((name) => !listed.includes(name))).toEqual([]);
      expect(listed.filter((name) => !unproven.includes(name))).toEqual([]);
    },
    ALL_TIMEOUT_MS,
  );

  it(
    'are answered as documented where the database lacks what it should have',
    async () => {
      await app.query('ALTER TABLE platform.api_keys RENAME TO api_keys_elsewhere');
      try {
        const expected = errors.filter(
          ({ code, operation }) =>
            code === 'database_unavailable' && !UNSECURED.includes(operation.id),
        );
        expect(expected.length).toBeGreaterThan(0);
        for (const error of expected) {
          const { method } = error.operation;
          const body = bodyOf(error.operation);
          const sent = { key: generateApiKey(), ...(body ? { body } : {}) };
          const answer = await call(app, method, pathOf(error.operation), sent);
          expect([error.operation.id, answer.status]).toEqual([error.operation.id, error.status]);
          expect(isAsDocumented(error, answer)).toBe(true);
        }
      } finally {
        await app.query('ALTER TABLE platform.api_keys_elsewhere RENAME TO api_keys');
      }
    },
    ALL_TIMEOUT_MS,
  );

  async function provoke({ operation, code }: DocumentedError): Promise<Answer | null> {
    const recipe = recipes[`${operation.id} ${code}`] ?? genericRecipes[code];
    return recipe === undefined ? null : recipe(app, operation);
  }
});

/** They look up no key: other tests take the whole database away from them. */
const UNSECURED = ['receiveNotification', 'getReadiness'];

function isAsDocumented({ status, example }: DocumentedError, answer: Answer): boolean {
  if (answer.status !== status) return false;
  const body = objectOf(answer.body);
  return FIXED.every((member) => body[member] === example[member]);
}

function isListed({ operation, code }: DocumentedError): boolean {
  const operations = UNPROVEN[code] ?? [];
  return operations === 'anywhere' || operations.includes(operation.id);
}

function nameOf({ operation, code }: DocumentedError): string {
  return `${operation.id} ${code}`;
}
