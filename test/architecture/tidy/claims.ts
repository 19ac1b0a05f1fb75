import ts from 'typescript';
import { finding, type Rule } from '../rule';
import { program, type SourceFile } from '../source-tree';
import { memberOf, nodesOf } from '../syntax';

const noAny: Rule = nodeRule({
  says: 'there is no any',
  cure: 'Take `unknown` and look at it, or name the type.',
  objects: (node) => (node.kind === ts.SyntaxKind.AnyKeyword ? 'any is used' : null),
});

/** Filled by a library after construction; nothing else is. */
const FILLED_LATER = /\.(entity|response|requests?)\.ts$/;

const noBang: Rule = nodeRule({
  says: 'no ! promises what the compiler cannot see',
  cure: 'Look, and say what happens when it is not there.',
  objects: (node, { path }) => {
    if (ts.isNonNullExpression(node)) return 'a ! claims that something is there';
    const isClaim = ts.isPropertyDeclaration(node) || ts.isVariableDeclaration(node);
    if (!isClaim || !node.exclamationToken || FILLED_LATER.test(path)) return null;
    return `${node.name.getText()} is claimed to be assigned`;
  },
});

/** File → why its one `as` cannot be a look at the value. */
const UNAVOIDABLE_AS: ReadonlyMap<string, string> = new Map([
  [
    'src/shared/settings-reader.ts',
    'a mapped type over the keys of a slice is filled key by key, which no type guard can express',
  ],
]);

const noAs: Rule = {
  says: 'no `as` outside of *.wire.ts',
  cure: 'Write a type guard that looks, or read the value in a *.wire.ts file.',
  find: (tree) =>
    program(tree)
      .filter(({ path }) => !path.endsWith('.wire.ts'))
      .flatMap((file) => {
        const claims = nodesOf(file).filter(isClaim);
        const allowed = UNAVOIDABLE_AS.has(file.path) ? 1 : 0;
        return claims.slice(allowed).map((node) => finding(file, node, 'a type is claimed'));
      }),
};

function isClaim(node: ts.Node): boolean {
  if (ts.isTypeAssertionExpression(node)) return true;
  return ts.isAsExpression(node) && node.type.getText() !== 'const';
}

const noConsole: Rule = nodeRule({
  says: 'nothing is written to the console',
  cure: 'Log through the Logger, or write to process.stdout where that is the purpose.',
  objects: (node) =>
    memberOf(node)?.object.getText() === 'console' ? 'the console is used' : null,
});

interface NodeRule extends Omit<Rule, 'find'> {
  readonly objects: (node: ts.Node, file: SourceFile) => string | null;
}

function nodeRule({ says, cure, objects }: NodeRule): Rule {
  const judge = (file: SourceFile) =>
    nodesOf(file).flatMap((node) => {
      const objection = objects(node, file);
      return objection === null ? [] : [finding(file, node, objection)];
    });
  return { says, cure, find: (tree) => program(tree).flatMap(judge) };
}

export const claimRules = { noAny, noBang, noAs, noConsole };
