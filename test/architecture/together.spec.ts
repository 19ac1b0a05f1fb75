import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../together');
/** What runs elsewhere: the contract of an invented gateway, and those of gateways. */
const CALL =
  /^runTogether\(\{ folder: '([^']+)', share: (\d+), of: (\d+)(?:, except: (?:\/\^invented\/|\/\\\.contract\\\.spec\\\.ts\$\/))? \}\);$/m;

interface Share {
  readonly file: string;
  readonly folder: string;
  readonly share: number;
  readonly of: number;
}

const shares = readdirSync(FOLDER).map((file): Share => {
  const [, folder = '', share, of] = CALL.exec(readFileSync(join(FOLDER, file), 'utf8')) ?? [];
  return { file, folder, share: Number(share), of: Number(of) };
});

const folders = [...new Set(shares.map(({ folder }) => folder))];

describe('what CI runs', () => {
  it.each([
    'npm test 2>&1',
    'npm run --silent test:crash',
    'npm run --silent test:crash -- --sabotage all',
  ])('has a line of its own for %s', (command) => {
    const lines = readFileSync(join(__dirname, '../../.ci/run'), 'utf8').split('\n');
    expect(lines.filter((line) => line.split(' |')[0] === command)).toHaveLength(1);
  });
});

describe('the files that run many as one', () => {
  it('are there for each kind of test that has many', () => {
    expect(folders.sort()).toEqual(['../src', 'contract', 'e2e', 'integration', 'sandbox']);
  });

  it.each(folders)('leave no share of %s out', (folder) => {
    const ours = shares.filter((one) => one.folder === folder);
    const kind = folder === '../src' ? 'unit' : folder;
    const expected = ours.map((_, at) => ({
      file: `${kind}-${at + 1}.spec.ts`,
      folder,
      share: at + 1,
      of: ours.length,
    }));
    expect(ours).toEqual(expected);
  });

  it('deal out first only what is there', () => {
    const dealer = readFileSync(join(FOLDER, '../support/together.ts'), 'utf8');
    const [, list = ''] = /^const LONG = \[([^\]]*)\];$/m.exec(dealer) ?? [];
    const long = [...list.matchAll(/'([^']+)'/g)].map(([, file]) => file);
    expect(long.length).toBeGreaterThan(0);
    const files = folders.flatMap((folder) =>
      readdirSync(join(FOLDER, '..', folder), { recursive: true, encoding: 'utf8' }),
    );
    expect(long.filter((file) => !files.includes(file ?? ''))).toEqual([]);
  });

  it('are all in one of the parts into which npm test divides the longest row', () => {
    const script = readFileSync(join(__dirname, '../../scripts/test.mjs'), 'utf8');
    const parts = [...script.matchAll(/'e2e-\[(\d+)\]'/g)].flatMap(([, digits = '']) => [
      ...digits,
    ]);
    const e2e = shares.filter(({ folder }) => folder === 'e2e');
    expect(parts.map(Number).sort()).toEqual(e2e.map(({ share }) => share));
  });
});
