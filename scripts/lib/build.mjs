import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { listFiles, PARTIAL_MARK, readJson, sha256, writeAtomically } from './files.mjs';

const MANIFEST = '.build.json';
const INSTALL_LOCK = '.install-lock';
/** Of the tests only those parts that run as programs of their own. */
const SOURCE_FOLDERS = ['src', 'scripts', 'bench', 'test/crash', 'test/support'];
/** A file still half written after this long belongs to a build that was killed. */
const PARTIAL_MAX_AGE_MS = 10 * 60_000;

function isInput(path) {
  if (/(\.spec\.ts|\.d\.ts|\.md|\.mjs)$/.test(path)) return false;
  // Only src ships more than TypeScript (templates, fonts); results and data sets stay where they are.
  return path.endsWith('.ts') || path.startsWith('src/');
}

function findInputs(root) {
  return SOURCE_FOLDERS.flatMap((folder) =>
    listFiles(join(root, folder)).map((path) => `${folder}/${path}`),
  ).filter(isInput);
}

function outputOf(input) {
  return input.replace(/\.ts$/, '.js');
}

/** Changes when the same source would give another output: other options, compiler or build script. */
function compilerKey(root) {
  const own = readFileSync(new URL(import.meta.url));
  const options = readFileSync(join(root, '.swcrc'));
  const { version } = readJson(join(root, 'node_modules/@swc/core/package.json')) ?? {};
  return sha256(`${sha256(own)} ${sha256(options)} ${version}`);
}

async function compile({ root, dist, input, swc }) {
  const target = join(dist, outputOf(input));
  const { code, map } = await swc.transformFile(join(root, input), { cwd: root, root });
  writeAtomically(`${target}.map`, map ?? '{}');
  writeAtomically(target, `${code}\n//# sourceMappingURL=${basename(target)}.map\n`);
}

async function produce(context, changed) {
  const swc = createRequire(join(context.root, 'package.json'))('@swc/core');
  for (const input of changed) {
    if (input.endsWith('.ts')) await compile({ ...context, input, swc });
    else writeAtomically(join(context.dist, input), readFileSync(join(context.root, input)));
  }
}

function isAbandoned(path) {
  const age = statSync(path, { throwIfNoEntry: false });
  return age !== undefined && Date.now() - age.mtimeMs > PARTIAL_MAX_AGE_MS;
}

/** A deleted or renamed source must not live on as an output that is still found and run. */
function removeStale(dist, inputs) {
  const wanted = new Set([MANIFEST, ...inputs.map(outputOf)]);
  for (const path of listFiles(dist)) {
    if (wanted.has(path.replace(/\.map$/, '')) || path.startsWith(INSTALL_LOCK)) continue;
    if (path.includes(PARTIAL_MARK) && !isAbandoned(join(dist, path))) continue;
    rmSync(join(dist, path), { force: true });
  }
}

/** Compiles what changed since the last build, judged by content: a checkout changes times at random. */
export async function buildIfNeeded(root, say) {
  const dist = join(root, 'dist');
  const compiler = compilerKey(root);
  const before = readJson(join(dist, MANIFEST));
  const known = before?.compiler === compiler ? before.files : {};
  const inputs = findInputs(root);
  const files = Object.fromEntries(
    inputs.map((input) => [input, sha256(readFileSync(join(root, input)))]),
  );
  const changed = inputs.filter(
    (input) => known[input] !== files[input] || !existsSync(join(dist, outputOf(input))),
  );
  if (changed.length > 0) {
    say(`Compiling ${changed.length} of ${inputs.length} files …`);
    await produce({ root, dist }, changed);
  }
  removeStale(dist, inputs);
  // Written last: a build that is killed halfway is repeated by the next command.
  if (changed.length > 0 || Object.keys(known).length !== inputs.length) {
    writeAtomically(join(dist, MANIFEST), JSON.stringify({ compiler, files }));
  }
}
