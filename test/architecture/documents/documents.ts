import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { posix } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');
const NOT_OURS = /^(?:node_modules|dist|\.\w+)\//;

/** One Markdown page, its path relative to the checkout. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** What pages may refer to. */
export interface Surroundings {
  readonly files: ReadonlySet<string>;
  readonly scripts: ReadonlySet<string>;
}

export function readFiles(): ReadonlySet<string> {
  const tops = readdirSync(ROOT, { withFileTypes: true });
  const paths = tops.flatMap((top) => {
    if (NOT_OURS.test(`${top.name}/`)) return [];
    if (!top.isDirectory()) return [top.name];
    const below = readdirSync(join(ROOT, top.name), { recursive: true, encoding: 'utf8' });
    return [top.name, ...below.map((name) => `${top.name}/${name.replaceAll('\\', '/')}`)];
  });
  return new Set([...paths, '.env.example', '.ci/run']);
}

export function readPages(files: ReadonlySet<string>): readonly Page[] {
  return [...files]
    .filter((path) => path.endsWith('.md'))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

export function readScripts(): ReadonlySet<string> {
  const about = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly scripts: object;
  };
  return new Set(Object.keys(about.scripts));
}

/** How long a page may be; null where nothing is said. A longer one of a module belongs into `docs/`. */
function linesMaxOf(path: string): number | null {
  if (path === 'README.md') return 90;
  return /^src\/(?:modules|sandbox|platform)\/.*README\.md$/.test(path) ? 40 : null;
}

export function tooLong({ path, text }: Page): readonly string[] {
  const max = linesMaxOf(path);
  const lines = text.trimEnd().split('\n').length;
  return max !== null && lines > max ? [`${path} has ${lines} lines, at most ${max}`] : [];
}

/** Links and pictures that lead to no file, or to no heading of a page. */
export function brokenLinks(page: Page, { files }: Surroundings, pages: readonly Page[]): string[] {
  const targets = [...page.text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)]
    .map(([, link, attribute]) => link ?? attribute ?? '')
    .filter((target) => !/^[a-z]+:/.test(target));
  return targets.filter((target) => !leadsSomewhere(target)).map((to) => `${page.path} → ${to}`);

  function leadsSomewhere(target: string): boolean {
    const [path = '', heading] = target.split('#');
    const place = path === '' ? page.path : posix.join(posix.dirname(page.path), path);
    if (!files.has(place.replace(/\/$/, ''))) return false;
    const found = pages.find((one) => one.path === place);
    return heading === undefined || found === undefined || headingsOf(found).has(heading);
  }
}

function headingsOf({ text }: Page): ReadonlySet<string> {
  const titles = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title);
  return new Set(
    titles.map((title) =>
      title
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Commands that a page shows and package.json does not have. */
export function unknownCommands({ path, text }: Page, { scripts }: Surroundings): string[] {
  const named = [...text.matchAll(/\bnpm run (?:-s |--silent )?([a-z][\w:-]*)/g)];
  return named
    .map(([, name = '']) => name)
    .filter((name) => !scripts.has(name))
    .map((name) => `${path}: npm run ${name}`);
}

/** A decision holds by a test; one that names none, or one that is gone, does not. */
export function unprovenDecision({ path, text }: Page, { files }: Surroundings): readonly string[] {
  if (!/^docs\/decisions\/\d{4}-/.test(path)) return [];
  const named = [...text.matchAll(/`((?:test|src|bench)\/[^`]*)`/g)].map(([, name = '']) => name);
  const tests = named.filter((name) => name.startsWith('test') || name.includes('.spec.'));
  if (tests.length === 0) return [`${path} names no test`];
  return tests
    .filter((name) => !exists(name))
    .map((name) => `${path} names ${name}, which is not there`);

  function exists(name: string): boolean {
    const pattern = name
      .replace(/[.+^$()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replace(/\{([^}]*)\}/g, (_, list: string) => `(?:${list.replaceAll(',', '|')})`);
    const test = new RegExp(`^${pattern.replace(/\/$/, '')}$`);
    return [...files].some((file) => test.test(file));
  }
}
