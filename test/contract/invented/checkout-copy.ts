import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

/** What a gateway is added to; answers are held against the API document in docs. Outputs are not needed for it. */
const PARTS = [
  'src',
  'test',
  'scripts',
  'bench',
  'docs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'jest.config.js',
  'eslint.config.mjs',
  '.swcrc',
  '.prettierrc',
  '.prettierignore',
  '.gitignore',
];

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  /** Both streams. */
  readonly output: string;
}

/** A checkout of its own with everything committed, and commands that run in it. */
export class CheckoutCopy {
  private readonly folder = mkdtempSync(join(tmpdir(), 'kassa-new-provider-'));
  readonly root = join(this.folder, 'checkout');
  /** What is compiled here is of no use to anybody later: it goes with the rest. */
  readonly cache = join(this.folder, 'cache');

  async open(): Promise<void> {
    await mkdir(this.root);
    for (const part of PARTS) {
      cpSync(join(ROOT, part), join(this.root, part), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(this.root, 'node_modules'));
    // A link is no folder, so the line of .gitignore does not mean it.
    await this.git('init', '--quiet');
    writeFileSync(join(this.root, '.git/info/exclude'), 'node_modules\n');
    await this.git('add', '--all');
    const author = [
      '-c',
      'user.name=test',
      '-c',
      'user.email=test@example.com',
      '-c',
      'commit.gpgsign=false',
    ];
    await this.git(...author, 'commit', '--quiet', '--message', 'before');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.root, path), text);
  }

  list(folder: string): readonly string[] {
    return readdirSync(join(this.root, folder)).sort();
  }

  /** What is not as it was committed: `M path` and `?? folder/`. */
  async changes(): Promise<readonly string[]> {
    const { stdout } = await this.git('status', '--porcelain');
    return stdout.split('\n').filter((line) => line !== '');
  }

  async git(...args: string[]): Promise<Ended> {
    const ended = await this.run('git', args);
    if (ended.code !== 0) throw new Error(`git ${args.join(' ')}: ${ended.output}`);
    return ended;
  }

  /** A program of the dependencies, by its file below node_modules. */
  tool(script: string, ...args: string[]): Promise<Ended> {
    return this.run(process.execPath, [join(ROOT, 'node_modules', script), ...args]);
  }

  /** The compiler and the linter on these files and what they import, as strict as everywhere. */
  async checkTypesAndLint(...include: string[]): Promise<readonly Ended[]> {
    const config = this.writeBeside('tsconfig.json', {
      extends: './checkout/tsconfig.json',
      compilerOptions: { typeRoots: [join(ROOT, 'node_modules/@types')] },
      include: include.map((path) => `checkout/${path}`),
    });
    // Our rules about less than our whole program, which takes three times as long to read.
    const parserOptions = { projectService: false, project: config };
    const narrow = { files: ['**/*.ts'], languageOptions: { parserOptions } };
    const rules = join(this.root, 'narrow.config.mjs');
    writeFileSync(
      rules,
      `import rules from './eslint.config.mjs';\nexport default [...rules, ${JSON.stringify(narrow)}];\n`,
    );
    try {
      return await Promise.all([
        this.tool('typescript/bin/tsc', '--noEmit', '-p', config),
        this.tool('eslint/bin/eslint.js', '--config', rules, '--max-warnings', '0', ...include),
      ]);
    } finally {
      rmSync(rules);
    }
  }

  private writeBeside(name: string, settings: object): string {
    const path = join(this.folder, name);
    writeFileSync(path, JSON.stringify(settings));
    return path;
  }

  run(command: string, args: readonly string[]): Promise<Ended> {
    const options = {
      cwd: this.root,
      env: ownEnvironment(),
      maxBuffer: 50_000_000,
      timeout: RUN_TIMEOUT_MS,
    };
    return new Promise((done) => {
      execFile(command, args, options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        done({ code, stdout, output: stdout + stderr });
      });
    });
  }
}

/**
 * What jest told this process is not meant for another one; the address of the test database is. Of git nothing is: a hook
 * that runs the tests names the checkout that it belongs to, and settings of a person may run hooks or hide files.
 */
function ownEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return {
    ...Object.fromEntries(inherited),
    NODE_ENV: undefined,
    JEST_WORKER_ID: undefined,
    KASSA_TEST_TOGETHER: undefined,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
  };
}

/** Some twenty times what the longest takes on a quiet machine: after that it hangs. */
const RUN_TIMEOUT_MS = 280_000;

const IMPORT = /(?<=from ')\.\.?\/[^']+(?=')/g;

/** The files of a folder beside this one, with their imports as they are where the new folder stands. */
export function filesToFillIn(folder: string, target: string): ReadonlyMap<string, string> {
  const source = join(__dirname, folder);
  const files = readdirSync(source).map((name) => {
    const text = readFileSync(join(source, name), 'utf8');
    const moved = text.replaceAll(IMPORT, (path) => {
      const file = resolve(source, path);
      return dirname(file) === source ? path : relative(join(ROOT, target), file);
    });
    return [name, moved] as const;
  });
  return new Map(files);
}
