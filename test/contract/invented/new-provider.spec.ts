import { join } from 'node:path';
import { listAt, parseJson, textAt } from '../../../src/shared/json';
import { CheckoutCopy, filesToFillIn } from './checkout-copy';

/**
 * A gateway that nobody knew is added as a stranger would: written by `npm run provider:new`, filled in, and used through
 * the ordinary routes. It costs one folder and one line, or the port is wrong.
 */

// Compilers and test runs of their own, on a machine that may be busy.
jest.setTimeout(300_000);

const FOLDER = 'src/providers/acme';
const LIST = 'src/providers/providers.ts';

const copy = new CheckoutCopy();

beforeAll(() => copy.open());
afterAll(() => copy.remove());

const providerNew = (...args: string[]) =>
  copy.run('npm', ['run', '--silent', 'provider:new', '--', ...args]);

describe('npm run provider:new', () => {
  it.each([
    ['no name', [], 'Say one name.'],
    ['two names', ['acme', 'emca'], 'Say one name.'],
    ['capitals', ['Acme'], 'small letters and digits'],
    ['a path', ['../acme'], 'small letters and digits'],
    ['a word of our own', ['notifications'], 'means something else in Kassa'],
    ['a gateway that is there', ['paypro'], 'src/providers/paypro exists already'],
  ])('refuses %s, and writes nothing', async (_what, args, reason) => {
    const refused = await copy.run(process.execPath, ['scripts/provider-new.mjs', ...args]);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.output).toContain(reason);
    expect(refused.output).toContain('Nothing was written.');
    expect(await copy.changes()).toEqual([]);
  });

  it('refuses to write into a list with changes that are not committed', async () => {
    const before = copy.read(LIST);
    copy.write(LIST, `${before}\n`);
    const refused = await providerNew('acme');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.output).toContain('changes that are not committed');
    expect(copy.list('src/providers')).not.toContain('acme');
    copy.write(LIST, before);
  });

  it('writes one folder and one line in the list, with its import', async () => {
    const written = await providerNew('acme');
    expect(written).toMatchObject({ code: 0 });
    expect(written.output).toContain(`npx jest ${FOLDER} --selectProjects contract`);
    await expectOneFolderAndOneLine();
  });
});

describe('what it wrote', () => {
  it('is in order: types, lint, format', async () => {
    const checked = [
      ...(await copy.checkTypesAndLint(FOLDER, LIST)),
      await copy.tool('prettier/bin/prettier.cjs', '--check', FOLDER, LIST),
    ];
    expect(checked.map(({ code, output }) => (code === 0 ? '' : output))).toEqual(['', '', '']);
  });

  it('keeps the rules of the house, and is red in its contract alone', async () => {
    const tests = await testsIn(
      ['contract', 'unit', 'architecture'],
      FOLDER,
      'test/architecture/house-rules.spec.ts',
    );
    const isContract = ({ file }: RanTest) => file.endsWith('/acme.contract.spec.ts');
    expect(tests.filter((one) => !isContract(one) && one.status !== 'passed')).toEqual([]);
    const todo = tests.filter(isContract);
    expect(todo.filter(({ status }) => status !== 'failed')).toEqual([]);
    // The list of what is to do: each a sentence of its own.
    expect(todo.length).toBeGreaterThan(40);
    expect(new Set(todo.map(({ name }) => name)).size).toBe(todo.length);
  });
});

describe('filled in', () => {
  beforeAll(() => {
    const written = copy.list(FOLDER);
    const files = filesToFillIn('acme', FOLDER);
    for (const [name, text] of files) copy.write(join(FOLDER, name), text);
    // What the command wrote is what there is to fill in; beside it stands only how it is used.
    expect(copy.list(FOLDER).filter((name) => !written.includes(name))).toEqual([
      'acme.life.contract.spec.ts',
    ]);
    expect(written.filter((name) => !files.has(name))).toEqual([]);
  });

  it('keeps the contract, and takes money through the ordinary routes', async () => {
    const tests = await testsIn(['contract', 'unit'], FOLDER);
    expect(tests.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(tests.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'is created, paid, approved and refunded',
        'the contract of a provider, kept by Acme capturing after the payer agreed takes the money',
      ]),
    );
  });

  it('has cost one folder and one line, nothing else', () => expectOneFolderAndOneLine());
});

async function expectOneFolderAndOneLine(): Promise<void> {
  expect(await copy.changes()).toEqual([` M ${LIST}`, `?? ${FOLDER}/`]);
  const { stdout } = await copy.git('diff', '--unified=0', '--', LIST);
  const changed = stdout.split('\n').filter((line) => /^[-+](?![-+])/.test(line));
  expect(changed).toEqual([
    "+import { acmeAdapter } from './acme/acme.provider';",
    '+  acmeAdapter,',
  ]);
}

interface RanTest {
  readonly file: string;
  readonly name: string;
  readonly status: string;
  readonly why: string;
}

/** Every test of a run, whatever came of it; a file that could not run is one that failed. */
async function testsIn(
  projects: readonly string[],
  ...paths: readonly string[]
): Promise<readonly RanTest[]> {
  const options = ['--json', '--maxWorkers=2', `--cacheDirectory=${copy.cache}`];
  const selected = ['--selectProjects', ...projects];
  const { stdout, output } = await copy.tool('jest/bin/jest.js', ...paths, ...options, ...selected);
  const report = parseJson(stdout);
  if (report === undefined) throw new Error(`jest reported nothing: ${output}`);
  return listAt(report, 'testResults').flatMap((file) => testsOf(file));
}

function testsOf(result: unknown): readonly RanTest[] {
  const file = textAt(result, 'name') ?? '';
  const tests = listAt(result, 'assertionResults');
  if (tests.length === 0) {
    return [{ file, name: file, status: 'could not run', why: textAt(result, 'message') ?? '' }];
  }
  return tests.map((test) => ({
    file,
    name: textAt(test, 'fullName') ?? '',
    status: textAt(test, 'status') ?? '',
    why: JSON.stringify(listAt(test, 'failureMessages')),
  }));
}
