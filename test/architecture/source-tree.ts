import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A parsed file; `path` is relative to the checkout, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly ast: ts.SourceFile;
}

export type SourceTree = readonly SourceFile[];

const ROOT = join(__dirname, '..', '..');

/** Path → text, as the examples of the rules write them. */
export type Files = Readonly<Record<string, string>>;

export function treeOf(files: Files): SourceTree {
  return Object.entries(files).map(([path, text]) => parse(path, text));
}

export function readTree(): SourceTree {
  return listFiles().map((path) => parse(path, readFileSync(join(ROOT, path), 'utf8')));
}

/** Every TypeScript file of the program and of its tests. */
export function listFiles(): readonly string[] {
  return ['src', 'test'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.ts'))
      .sort(),
  );
}

/** What is shipped: the sources without the tests beside them. */
export function program(tree: SourceTree): SourceTree {
  return tree.filter(({ path }) => path.startsWith('src/') && !path.endsWith('.spec.ts'));
}

function parse(path: string, text: string): SourceFile {
  return { path, ast: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) };
}
