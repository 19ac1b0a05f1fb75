import ts from 'typescript';
import { finding, type Finding, type Rule } from '../rule';
import { program, type SourceFile } from '../source-tree';
import { decoratorsOf, nodesOf } from '../syntax';

const FILE_LINES_MAX = 250;
const FUNCTION_LINES_MAX = 50;
const PARAMETERS_MAX = 3;
/** More parts than this make a class that coordinates too much. */
const DEPENDENCIES_MAX = 9;

const files: Rule = {
  says: `a source file has at most ${FILE_LINES_MAX} lines`,
  cure: 'It holds two ideas: give the second one a file.',
  find: (tree) =>
    program(tree).flatMap((file) => {
      const lines = linesBetween(file, 0, file.ast.text.trimEnd().length);
      return lines > FILE_LINES_MAX ? [finding(file, 0, `the file has ${lines} lines`)] : [];
    }),
};

const functions: Rule = perFunction({
  says: `a function has at most ${FUNCTION_LINES_MAX} lines`,
  cure: 'Keep the branches here and move the work of each into a function with a name.',
  judge: (node, file) => {
    if (!('body' in node) || !node.body) return [];
    const lines = linesBetween(file, startOf(node, file), node.end);
    return lines > FUNCTION_LINES_MAX ? [finding(file, node, `it has ${lines} lines`)] : [];
  },
});

const parameters: Rule = perFunction({
  says: `a function has at most ${PARAMETERS_MAX} parameters`,
  cure: 'Take one object whose members have names.',
  judge: (node, file) => {
    const count = positional(node).length;
    if (count <= PARAMETERS_MAX || isDictated(node) || isComposed(node)) return [];
    return [finding(file, node, `it has ${count} parameters`)];
  },
});

const neighbours: Rule = perFunction({
  says: 'no two neighbouring parameters have the same primitive type',
  cure: 'Callers can swap them unnoticed: take one object whose members have names.',
  judge: (node, file) => {
    if (isDictated(node)) return [];
    const taken = positional(node);
    const pair = taken.find((second, index) => canBeSwapped(taken[index - 1], second));
    const type = primitiveOf(pair?.type);
    return type === null ? [] : [finding(file, node, `two neighbours are a ${type}`)];
  },
});

const dependencies: Rule = perFunction({
  says: `a class has at most ${DEPENDENCIES_MAX} dependencies`,
  cure: 'Some of them belong together: move their work into a class of its own.',
  judge: (node, file) => {
    const count = ts.isConstructorDeclaration(node) ? node.parameters.length : 0;
    return count > DEPENDENCIES_MAX ? [finding(file, node, `it has ${count} dependencies`)] : [];
  },
});

type Signature = ts.FunctionLikeDeclaration | ts.MethodSignature | ts.FunctionTypeNode;

interface FunctionRule extends Omit<Rule, 'find'> {
  readonly judge: (node: Signature, file: SourceFile) => readonly Finding[];
}

function perFunction({ says, cure, judge }: FunctionRule): Rule {
  return {
    says,
    cure,
    find: (tree) =>
      program(tree).flatMap((file) =>
        nodesOf(file).flatMap((node) => (isSignature(node) ? judge(node, file) : [])),
      ),
  };
}

function isSignature(node: ts.Node): node is Signature {
  if (ts.isMethodSignature(node) || ts.isFunctionTypeNode(node)) return true;
  return ts.isFunctionLike(node) && 'body' in node;
}

function positional(node: Signature): readonly ts.ParameterDeclaration[] {
  return node.parameters.filter(
    ({ name, dotDotDotToken }) => !dotDotDotToken && name.getText() !== 'this',
  );
}

/** Somebody else says what the parameters are: Nest, or the function that takes the callback. */
function isDictated(node: Signature): boolean {
  if (node.parameters.some((parameter) => decoratorsOf(parameter).length > 0)) return true;
  const isFunctionValue = ts.isArrowFunction(node) || ts.isFunctionExpression(node);
  if (!isFunctionValue) return false;
  const { parent } = node;
  const isFactory = ts.isPropertyAssignment(parent) && parent.name.getText() === 'useFactory';
  return isFactory || ts.isCallExpression(parent);
}

/** A constructor that only keeps what Nest or a factory hands in; `dependencies` limits those. */
function isComposed(node: Signature): boolean {
  if (!ts.isConstructorDeclaration(node)) return false;
  return node.parameters.every((one) => ts.isParameterPropertyDeclaration(one, node));
}

/** A sentence, a document or a statement: nobody takes it for the name, code or URL beside it. */
const PROSE = ['message', 'detail', 'description', 'text', 'sql'];

function canBeSwapped(
  first: ts.ParameterDeclaration | undefined,
  second: ts.ParameterDeclaration,
): boolean {
  const type = primitiveOf(second.type);
  if (!first || type === null || primitiveOf(first.type) !== type) return false;
  const names = [first.name.getText(), second.name.getText()];
  // `a` and `b` say that their order does not matter.
  if (names.join() === 'a,b') return false;
  return names.filter((name) => PROSE.includes(name)).length !== 1;
}

const PRIMITIVES = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.StringKeyword, 'string'],
  [ts.SyntaxKind.NumberKeyword, 'number'],
  [ts.SyntaxKind.BigIntKeyword, 'bigint'],
  [ts.SyntaxKind.BooleanKeyword, 'boolean'],
]);

/** `string` for `string`, `string | null` and `string | undefined`; null for anything that has a name of its own. */
function primitiveOf(type: ts.TypeNode | undefined): string | null {
  if (!type) return null;
  if (!ts.isUnionTypeNode(type)) return PRIMITIVES.get(type.kind) ?? null;
  const members = type.types.filter((member) => !/^(null|undefined)$/.test(member.getText()));
  const only = members.length === 1 ? members[0] : undefined;
  return primitiveOf(only);
}

/** Decorators describe a method, they are not its work. */
function startOf(node: Signature, file: SourceFile): number {
  const decorators = ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
  const afterDecorators = decorators.at(-1)?.end;
  if (afterDecorators === undefined) return node.getStart(file.ast);
  return afterDecorators + (/\S/.exec(file.ast.text.slice(afterDecorators))?.index ?? 0);
}

function linesBetween({ ast }: SourceFile, start: number, end: number): number {
  const first = ts.getLineAndCharacterOfPosition(ast, start).line;
  return ts.getLineAndCharacterOfPosition(ast, end).line - first + 1;
}

export const sizeRules = { files, functions, parameters, neighbours, dependencies };
