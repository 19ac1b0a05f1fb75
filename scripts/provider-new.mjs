/**
 * `npm run provider:new -- acme`: writes src/providers/acme from the templates beside this file and puts it into the list
 * in src/providers/providers.ts. All of it or nothing; what is there already is never touched.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installIfNeeded } from './lib/install.mjs';
import { listFiles, writeAtomically } from './lib/files.mjs';
import { withAdapter } from './provider-new/adapter-list.mjs';
import { objectionTo, wordsOf } from './provider-new/adapter-name.mjs';
import { root } from './setup.mjs';

const TEMPLATES = join(root, 'scripts/provider-new/template');
const PROVIDERS = 'src/providers';
const LIST = `${PROVIDERS}/providers.ts`;

const HELP = `npm run provider:new -- <name>

Writes the folder of a new gateway, src/providers/<name>, and its line in ${LIST}.
The name is in small letters and digits, such as acme. What is left to do is red in its contract:
${PROVIDERS}/README.md goes through it.
`;

/** What is wrong comes as a sentence with its cure; nothing was written then. */
class Refusal extends Error {}

function readName(args) {
  const [name, ...more] = args;
  if (name === undefined || more.length > 0) throw new Refusal(`Say one name.\n\n${HELP}`);
  const objection = objectionTo(name);
  if (objection !== null) throw new Refusal(objection);
  if (existsSync(join(root, PROVIDERS, name))) {
    throw new Refusal(
      `${PROVIDERS}/${name} exists already. Choose another name, or remove it first.`,
    );
  }
  return name;
}

/** So that `git checkout` and removing the folder undo all of it. */
function refuseUncommitted() {
  const changed = gitStatusOf(LIST);
  if (changed === '') return;
  throw new Refusal(`${LIST} has changes that are not committed. Commit them or undo them first.`);
}

/** Empty outside of a git checkout, too: there is nothing to lose track of. */
function gitStatusOf(path) {
  try {
    const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync('git', ['status', '--porcelain', '--', path], options).trim();
  } catch {
    return '';
  }
}

/** File name → text, as `npm run format` would leave it. */
async function fillTemplates(name) {
  const { format, resolveConfig } = await import('prettier');
  const words = wordsOf(name);
  const filled = listFiles(TEMPLATES).map(async (template) => {
    const file = `${name}.${template.replace(/\.template$/, '')}`;
    const text = readFileSync(join(TEMPLATES, template), 'utf8').replaceAll(
      /\{\{(\w+)\}\}/g,
      (_, word) => words[word],
    );
    const filepath = join(root, PROVIDERS, name, file);
    return [file, await format(text, { ...(await resolveConfig(filepath)), filepath })];
  });
  return new Map(await Promise.all(filled));
}

function writeAll(name, files, list) {
  const target = join(root, PROVIDERS, name);
  const partial = join(root, PROVIDERS, `.${name}-${process.pid}`);
  try {
    mkdirSync(partial);
    for (const [file, text] of files) writeFileSync(join(partial, file), text);
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
  try {
    writeAtomically(join(root, LIST), list);
  } catch (error) {
    rmSync(target, { recursive: true, force: true });
    throw error;
  }
}

function report(name, files) {
  process.stdout.write(`Wrote ${PROVIDERS}/${name} and its line in ${LIST}:

${[...files.keys()].map((file) => `  ${file}`).join('\n')}

It compiles, and as it is it takes no money. What there is to do, one red sentence each:

  npx jest ${PROVIDERS}/${name} --selectProjects contract

Begin in ${name}.contract.spec.ts; ${PROVIDERS}/README.md goes through it. When all is green:
npm run docs, then npm run check.
`);
}

async function main(args) {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP);
    return 0;
  }
  const name = readName(args);
  refuseUncommitted();
  const list = withAdapter(readFileSync(join(root, LIST), 'utf8'), name);
  if (list === null) {
    throw new Refusal(
      `${LIST} does not look as expected: one import and one line in \`adapters\` for each adapter. Tidy it up first.`,
    );
  }
  await installIfNeeded(root, (line) => process.stderr.write(`kassa: ${line}\n`));
  const files = await fillTemplates(name);
  writeAll(name, files, list);
  report(name, files);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const reason = error instanceof Refusal ? error.message : (error.stack ?? String(error));
  process.stderr.write(`provider:new: ${reason}\nNothing was written.\n`);
  process.exitCode = 1;
}
