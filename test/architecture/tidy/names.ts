import ts from 'typescript';
import { finding, type Finding, type Rule } from '../rule';
import { program, type SourceFile } from '../source-tree';
import { nodesOf } from '../syntax';

const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const kebabCase: Rule = {
  says: 'files and folders are named in kebab-case',
  cure: 'Rename it: small-words.role.ts.',
  find: (tree) =>
    tree
      .filter(({ path }) => !path.split(/[/.]/).every((word) => KEBAB.test(word)))
      .map((file) => finding(file, 0, 'the path is not in kebab-case')),
};

const SAYS_NOTHING =
  /(?:^|\/)(utils?|helpers?|common|core|lib|misc|types|interfaces|constants)(?:\/|\.ts$)/;

const tellingNames: Rule = {
  says: 'no folder or file has a name that says nothing',
  cure: 'Name it after what is in it, or put its contents where they are used.',
  find: (tree) =>
    tree.flatMap((file) => {
      const word = SAYS_NOTHING.exec(file.path)?.[1];
      return word === undefined ? [] : [finding(file, 0, `"${word}" says nothing`)];
    }),
};

const statements: Rule = {
  says: 'every statement has a name of its own',
  cure: 'Name it after what it does: the server prepares each name once.',
  find: (tree) => {
    const calls = program(tree).flatMap((file) => [
      ...callsOf(file, 'statement'),
      ...callsOf(file, 'keysetPage').map(namedByMember),
    ]);
    const unnamed = calls.filter(({ name, file }) => name === null && !isMaker(file));
    return [
      ...unnamed.map(({ file, node }) => finding(file, node, 'the name is no plain text')),
      ...repeated(calls, 'the statement'),
    ];
  },
};

/** A list says its name as a member: `keysetPage(database, page, { name: 'list-payments', … })`. */
function namedByMember(call: NamedCall): NamedCall {
  const list = call.node.arguments[2];
  const members = list && ts.isObjectLiteralExpression(list) ? [...list.properties] : [];
  const name = members
    .filter((member) => ts.isPropertyAssignment(member))
    .find((member) => member.name.getText() === 'name')?.initializer;
  return { ...call, name: name && ts.isStringLiteralLike(name) ? name.text : null };
}

/** Pages are assembled from filters, and their names with them. */
function isMaker({ path }: SourceFile): boolean {
  return path === 'src/platform/http/keyset.ts';
}

const errorCodes: Rule = {
  says: 'every error code is declared once, in an errors file',
  cure: 'Declare it with defineError in <module>.errors.ts and use that everywhere.',
  find: (tree) => {
    const calls = program(tree).flatMap((file) => callsOf(file, 'defineError'));
    const outside = calls.filter(({ file }) => !file.path.endsWith('.errors.ts'));
    return [
      ...outside.map(({ file, node }) => finding(file, node, 'declared outside an errors file')),
      ...repeated(calls, 'the code'),
    ];
  },
};

const errorLists: Rule = {
  says: 'every error is in exactly one exported list, from which the documentation is made',
  cure: 'Add it to the list at the end of its own errors file, once.',
  find: (tree) =>
    program(tree)
      .filter(({ path }) => path.endsWith('.errors.ts'))
      .flatMap((file) => {
        const listed = listedNames(file);
        return callsOf(file, 'defineError').flatMap(({ node }) => {
          const { parent } = node;
          const constant = ts.isVariableDeclaration(parent) ? parent.name.getText() : '';
          const times = listed.filter((name) => name === constant).length;
          return times === 1 ? [] : [finding(file, node, `it is listed ${times} times`)];
        });
      }),
};

/** Names in the arrays that an errors file exports as `…Errors`. */
function listedNames(file: SourceFile): string[] {
  return nodesOf(file)
    .filter((node) => ts.isVariableStatement(node))
    .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .filter(({ name }) => name.getText().endsWith('Errors'))
    .flatMap(({ initializer }) =>
      initializer && ts.isArrayLiteralExpression(initializer)
        ? initializer.elements.map((element) => element.getText())
        : [],
    );
}

interface NamedCall {
  readonly file: SourceFile;
  readonly node: ts.CallExpression;
  /** The first argument; null when it is not written out. */
  readonly name: string | null;
}

function callsOf(file: SourceFile, callee: string): NamedCall[] {
  return nodesOf(file)
    .filter((node) => ts.isCallExpression(node))
    .filter(({ expression }) => expression.getText(file.ast) === callee)
    .map((node) => {
      const first = node.arguments[0];
      return { file, node, name: first && ts.isStringLiteralLike(first) ? first.text : null };
    });
}

function repeated(calls: readonly NamedCall[], what: string): Finding[] {
  const seen = new Set<string>();
  return calls.flatMap(({ file, node, name }) => {
    const isRepeated = name !== null && seen.has(name);
    if (name !== null) seen.add(name);
    return isRepeated ? [finding(file, node, `${what} "${name}" exists already`)] : [];
  });
}

export const nameRules = { kebabCase, tellingNames, statements, errorCodes, errorLists };
