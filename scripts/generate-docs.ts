import 'reflect-metadata';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { renderApiDocument } from './docs/api-document';
import { documentationConfig } from './docs/documentation-config';
import { renderEnvironmentExample } from './docs/environment-example';
import { renderErrorsPage } from './docs/errors-page';
import { renderProvidersPage } from './docs/providers-page';

/** Compiled, this file is dist/scripts/generate-docs.js. */
const ROOT = resolve(__dirname, '../..');

/**
 * `npm run docs`: writes the pages that follow from the code. They are committed, and CI writes them again and fails
 * when they differ; so nothing here may depend on the machine, the environment or the time.
 */
async function main(): Promise<void> {
  const config = documentationConfig();
  write('docs/openapi.json', await renderApiDocument(config));
  write('docs/errors.md', await formatted('docs/errors.md', renderErrorsPage()));
  write('docs/providers.md', await formatted('docs/providers.md', renderProvidersPage()));
  write('.env.example', renderEnvironmentExample());
}

/** As `npm run format` would leave it. */
async function formatted(path: string, text: string): Promise<string> {
  const filepath = join(ROOT, path);
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}

function write(path: string, text: string): void {
  const target = join(ROOT, path);
  if (readIfPresent(target) === text) return;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  process.stdout.write(`docs: wrote ${path}\n`);
}

function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

main().catch((error: unknown) => {
  process.stderr.write(
    `docs: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
});
