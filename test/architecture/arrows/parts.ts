import ts from 'typescript';
import { isIn, layerOf, moduleOf, partOf } from '../places';
import { finding, type Rule } from '../rule';
import { program, type SourceFile } from '../source-tree';
import { memberOf, nodesOf } from '../syntax';
import { importRule } from './imports';

/** The port's types: a domain may judge what a provider said, never ask one. */
const PORT_TYPES = [
  'payment-provider',
  'provider-parts',
  'provider-call',
  'provider-capabilities',
].map((name) => `src/providers/${name}.ts`);

/** Of shared, what is not the same at every call. */
const IMPURE_NAMES = ['systemClock', 'newId'];

const domainImports: Rule = importRule({
  says: 'a domain imports shared, itself, its errors and types of the port, and no package',
  cure: 'Decide with plain values here; fetch them in the action and hand them in.',
  concerns: (path) => partOf(path) === 'domain',
  objects: ({ target, isPackage, isType, names }, from) => {
    if (isPackage) return target === 'big.js' ? null : `a domain imports ${target}`;
    if (isIn('src/shared', target)) {
      const impure = names.find((name) => IMPURE_NAMES.includes(name));
      return impure === undefined || isType ? null : `a domain uses ${impure}`;
    }
    if (isType && PORT_TYPES.includes(target)) return null;
    const isOwn = moduleOf(target) === moduleOf(from);
    const isAllowed = isOwn && (partOf(target) === 'domain' || target.endsWith('.errors.ts'));
    return isAllowed ? null : `a domain imports ${target}`;
  },
});

const IMPURE_GLOBALS = [
  'process',
  'performance',
  'fetch',
  'crypto',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
];

const domainIsPure: Rule = {
  says: 'a domain knows no clock, no chance and no process',
  cure: 'Take the time or the value as a parameter.',
  find: (tree) =>
    program(tree)
      .filter(({ path }) => partOf(path) === 'domain')
      .flatMap((file) =>
        nodesOf(file).flatMap((node) => {
          const impurity = impurityOf(node);
          return impurity === null ? [] : [finding(file, node, `a domain uses ${impurity}`)];
        }),
      ),
};

function impurityOf(node: ts.Node): string | null {
  const name = ts.isNewExpression(node) ? node.expression.getText() : '';
  if (name === 'Date' && ts.isNewExpression(node) && !node.arguments?.length) return 'new Date()';
  const member = memberOf(node);
  const spelled = member ? `${member.object.getText()}.${member.name}` : '';
  if (spelled === 'Date.now' || spelled === 'Math.random') return spelled;
  if (!ts.isIdentifier(node) || !IMPURE_GLOBALS.includes(node.text)) return null;
  return isName(node) ? null : node.text;
}

/** A property or a declaration that merely has the same name. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
  return isMember || ('name' in parent && parent.name === node);
}

const queries: Rule = importRule({
  says: 'queries only read: no action, no repository, no provider',
  cure: 'A query is SQL and a view; what decides or asks a provider is an action.',
  concerns: (path) => partOf(path) === 'queries',
  objects: ({ target, isType }) => {
    if (['actions', 'jobs', 'reactions'].includes(partOf(target) ?? '')) {
      return `a query imports ${target}`;
    }
    const isActive = target.endsWith('.repository.ts') || layerOf(target) === 'providers';
    return isActive && !isType ? `a query imports ${target} at run time` : null;
  },
});

/** The ORM's own way to write would accept a stale row of money. */
const ORM_MEMBERS = ['save', 'remove', 'upsert', 'createQueryBuilder', 'getRepository'];

const noOrmSessions: Rule = {
  says: 'nothing is written through an ORM session',
  cure: 'Write a named statement in storage and run it with `tx.query`.',
  find: (tree) =>
    program(tree)
      .filter(({ path }) => layerOf(path) !== null)
      .flatMap((file) => nodesOf(file).flatMap((node) => ormFinding(file, node))),
};

function ormFinding(file: SourceFile, node: ts.Node) {
  if (ts.isIdentifier(node) && node.text === 'InjectRepository') {
    return ts.isImportSpecifier(node.parent)
      ? []
      : [finding(file, node, 'a repository is injected')];
  }
  const member = ts.isCallExpression(node) ? memberOf(node.expression) : null;
  if (!member || !ORM_MEMBERS.includes(member.name)) return [];
  return [finding(file, node, `.${member.name}() is called`)];
}

export const partRules = { domainImports, domainIsPure, queries, noOrmSessions };
