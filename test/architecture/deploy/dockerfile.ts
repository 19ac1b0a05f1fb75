import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

export interface Instruction {
  /** `FROM`, `COPY` … */
  readonly word: string;
  readonly rest: string;
}

export interface Stage {
  readonly image: string;
  readonly name: string | null;
  readonly instructions: readonly Instruction[];
}

export function readDockerfile(): readonly Stage[] {
  const text = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replaceAll('\\\n', ' ')
    .split('\n');
  const stages: { image: string; name: string | null; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    const from = word === 'FROM' ? /^(\S+)(?:\s+AS\s+(\S+))?$/.exec(rest) : null;
    if (from) stages.push({ image: from[1] ?? '', name: from[2] ?? null, instructions: [] });
    else stages.at(-1)?.instructions.push({ word, rest });
  }
  return stages;
}

/** Names that ENV and ARG set. */
export function namesSetBy({ word, rest }: Instruction): readonly string[] {
  if (word !== 'ENV' && word !== 'ARG') return [];
  return [...rest.matchAll(/(?:^|\s)(\w+)=/g)].map(([, name]) => name ?? '');
}

/** What a COPY takes out of the checkout; nothing where it takes from another stage. */
export function copiedFrom({ word, rest }: Instruction): readonly string[] {
  if (word !== 'COPY' || rest.includes('--from=')) return [];
  return rest.split(/\s+/).slice(0, -1);
}

/** Whether the build sees a file of the checkout: it is there, and .dockerignore lets it through. */
export function isInContext(path: string): boolean {
  if (path === '.') return true;
  const lines = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
  return existsSync(join(ROOT, path)) && lines.includes(`!${path.split('/')[0]}`);
}

/** Whether a file of `dist` comes from a source that the build sees. */
export function isCompiled(path: string): boolean {
  const source = path.replace(/^dist\//, '').replace(/\.js$/, '.ts');
  return path.startsWith('dist/') && isInContext(source);
}
