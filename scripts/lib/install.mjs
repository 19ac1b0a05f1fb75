import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, sha256 } from './files.mjs';
import { withLock } from './lock.mjs';

const STAMP = '.kassa-install';

/**
 * What npm recorded as installed against what the lock file asks for. Packages for other platforms
 * are optional and absent; everything else has to be there in the same version.
 */
function differsFromLock(root) {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages ?? {};
  const installed = readJson(join(root, 'node_modules/.package-lock.json'))?.packages;
  if (installed === undefined) return 'the installation is not complete';
  for (const [path, entry] of Object.entries(wanted)) {
    const found = installed[path];
    if (path === '' || (found === undefined && entry.optional === true)) continue;
    if (found?.version !== entry.version) return `${path} is not the one of package-lock.json`;
  }
  return null;
}

/** Why `npm ci` has to run, in words for the person who waits for it; null when it need not. */
function reasonToInstall(root) {
  const modules = join(root, 'node_modules');
  if (!existsSync(modules)) return 'node_modules is missing';
  const stamp = join(modules, STAMP);
  const wanted = sha256(readFileSync(join(root, 'package-lock.json')));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return null;
  const difference = differsFromLock(root);
  if (difference === null) writeFileSync(stamp, wanted);
  return difference;
}

/** npm tells its children where it lives; without it (plain `node scripts/…`) the one on the PATH is used. */
function npmCommand(args) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return { command: process.execPath, args: [script, ...args] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args };
}

/** Runs npm; what it complains about is returned as well, to be judged and perhaps shown. */
function runNpm(root, npmArgs) {
  // --include=dev: NODE_ENV=production must not leave out the compiler that builds the sources.
  const { command, args } = npmCommand([...npmArgs, '--include=dev', '--loglevel=error']);
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
    shell: command.endsWith('.cmd'),
  });
  const complaint = `${result.stderr ?? ''}${result.error?.message ?? ''}`;
  return { ok: result.status === 0, complaint };
}

function installFromLock(root) {
  // What the lock file names by its checksum need not be asked for anew where npm has it.
  const installed = runNpm(root, ['ci', '--prefer-offline']);
  if (installed.ok) return;
  process.stderr.write(installed.complaint);
  throw new Error('The dependencies could not be installed; the reason of npm is above.');
}

/** Installs what is missing, once even when several commands start at the same time. */
export async function installIfNeeded(root, say) {
  if (reasonToInstall(root) === null) return;
  await withLock(join(root, 'dist/.install-lock'), {
    onWait: (pid) => say(`Waiting for the installation that process ${pid} runs …`),
    work: () => {
      const reason = reasonToInstall(root);
      if (reason === null) return;
      say(`Installing dependencies with npm ci, because ${reason}. This takes a minute or two …`);
      installFromLock(root);
      const lock = readFileSync(join(root, 'package-lock.json'));
      writeFileSync(join(root, 'node_modules', STAMP), sha256(lock));
    },
  });
}
