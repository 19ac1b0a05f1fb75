import ts from 'typescript';
import { type SourceFile, type SourceTree } from './source-tree';

export interface Finding {
  readonly file: string;
  readonly line: number;
  /** What is there, without a full stop. */
  readonly what: string;
}

/** One house rule. `find` only looks at the tree it is given, so that every rule can be shown to fail. */
export interface Rule {
  /** Completes "it holds that …". */
  readonly says: string;
  /** A sentence that tells the reader of a finding what to do. */
  readonly cure: string;
  readonly find: (tree: SourceTree) => readonly Finding[];
}

/** A finding at a node, at a position in the text, or (without either) at the first line. */
export function finding(file: SourceFile, where: ts.Node | number, what: string): Finding {
  const position = typeof where === 'number' ? where : where.getStart(file.ast);
  const { line } = ts.getLineAndCharacterOfPosition(file.ast, position);
  return { file: file.path, line: line + 1, what };
}

export function show(rule: Rule, { file, line, what }: Finding): string {
  return `${file}:${line}  ${what}. ${rule.cure}`;
}
