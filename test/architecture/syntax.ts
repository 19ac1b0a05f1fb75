import { posix } from 'node:path';
import ts from 'typescript';
import { type SourceFile } from './source-tree';

const nodeCache = new WeakMap<SourceFile, readonly ts.Node[]>();
const importCache = new WeakMap<SourceFile, readonly Import[]>();

/** All nodes of the file in reading order. */
export function nodesOf(file: SourceFile): readonly ts.Node[] {
  const known = nodeCache.get(file);
  if (known) return known;
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node) => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file.ast);
  nodeCache.set(file, nodes);
  return nodes;
}

/** One mention of another file or package. */
export interface Import {
  /** The file as a path of the tree, or the name of the package as it was written. */
  readonly target: string;
  readonly isPackage: boolean;
  /** Gone at run time: `import type`, or every name of it marked `type`. */
  readonly isType: boolean;
  /** The names taken from it, as the other file calls them; types as well. */
  readonly names: readonly string[];
  readonly isReexport: boolean;
  readonly node: ts.Node;
}

/** Static and dynamic imports, re-exports, `require` and `import('…')` types. */
export function importsOf(file: SourceFile): readonly Import[] {
  const known = importCache.get(file);
  if (known) return known;
  const imports = findImports(file);
  importCache.set(file, imports);
  return imports;
}

function findImports(file: SourceFile): Import[] {
  return nodesOf(file).flatMap((node) => {
    const found = describeImport(node);
    if (!found) return [];
    const { specifier, ...rest } = found;
    const isPackage = !specifier.startsWith('.');
    const target = isPackage ? specifier : resolved(file.path, specifier);
    return [{ ...rest, target, isPackage, node }];
  });
}

type Described = Omit<Import, 'target' | 'isPackage' | 'node'> & { readonly specifier: string };

function describeImport(node: ts.Node): Described | null {
  if (ts.isImportDeclaration(node)) {
    const { importClause: clause } = node;
    return described(node.moduleSpecifier, isTypeOnly(clause), importedNames(clause));
  }
  if (ts.isExportDeclaration(node)) {
    const names = node.exportClause && ts.isNamedExports(node.exportClause);
    const elements = names ? [...node.exportClause.elements] : [];
    const isType =
      node.isTypeOnly || (elements.length > 0 && elements.every((one) => one.isTypeOnly));
    const taken = elements.map((one) => (one.propertyName ?? one.name).text);
    const found = described(node.moduleSpecifier, isType, taken);
    return found && { ...found, isReexport: true };
  }
  if (ts.isImportTypeNode(node)) return described(node.argument, true, []);
  if (ts.isExternalModuleReference(node)) return described(node.expression, false, []);
  if (!ts.isCallExpression(node)) return null;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  return isImport || isRequire ? described(node.arguments[0], false, []) : null;
}

function described(
  specifier: ts.Node | undefined,
  isType: boolean,
  names: readonly string[],
): Described | null {
  const literal = specifier && ts.isLiteralTypeNode(specifier) ? specifier.literal : specifier;
  if (!literal || !ts.isStringLiteralLike(literal)) return null;
  return { specifier: literal.text, isType, names, isReexport: false };
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const { namedBindings: bindings } = clause;
  if (clause.name || !bindings || !ts.isNamedImports(bindings)) return false;
  return bindings.elements.length > 0 && bindings.elements.every((element) => element.isTypeOnly);
}

function importedNames(clause: ts.ImportClause | undefined): string[] {
  const bindings = clause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings)) return [];
  return bindings.elements.map((element) => (element.propertyName ?? element.name).text);
}

function resolved(from: string, specifier: string): string {
  const path = posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
  return /\.(ts|mjs|json)$/.test(path) ? path : `${path}.ts`;
}

/** String and template literals with their source text, so that SQL is found however it is written. */
export function literalsOf(file: SourceFile): readonly { node: ts.Node; text: string }[] {
  return nodesOf(file)
    .filter((node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node))
    .map((node) => ({ node, text: node.getText(file.ast) }));
}

export interface Comment {
  readonly text: string;
  readonly position: number;
}

/** Comments in reading order. What stands in strings, templates and regular expressions is none. */
export function commentsOf(file: SourceFile): readonly Comment[] {
  const text = withoutLiterals(file);
  return [...text.matchAll(/\/\/.*|\/\*[\s\S]*?\*\//g)].map((match) => ({
    text: match[0],
    position: match.index,
  }));
}

/** The file's text with every literal blanked out; positions stay the same. */
function withoutLiterals(file: SourceFile): string {
  let text = file.ast.text;
  for (const node of nodesOf(file)) {
    const isLiteral =
      ts.isStringLiteralLike(node) ||
      ts.isRegularExpressionLiteral(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node);
    if (!isLiteral) continue;
    const start = node.getStart(file.ast);
    text = text.slice(0, start) + ' '.repeat(node.end - start) + text.slice(node.end);
  }
  return text;
}

/** The decorators' names of a class or parameter: `Injectable`, `Body`. */
export function decoratorsOf(node: ts.Node): readonly string[] {
  if (!ts.canHaveDecorators(node)) return [];
  return (ts.getDecorators(node) ?? []).map(({ expression }) => {
    const callee = ts.isCallExpression(expression) ? expression.expression : expression;
    return callee.getText();
  });
}

/** `a.b` and `a['b']` alike. */
export function memberOf(node: ts.Node): { object: ts.Expression; name: string } | null {
  if (ts.isPropertyAccessExpression(node)) return { object: node.expression, name: node.name.text };
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return { object: node.expression, name: node.argumentExpression.text };
  }
  return null;
}
