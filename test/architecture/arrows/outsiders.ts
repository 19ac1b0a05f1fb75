import ts from 'typescript';
import { isApp, isIn } from '../places';
import { finding, type Finding, type Rule } from '../rule';
import { program, type SourceFile } from '../source-tree';
import { memberOf, nodesOf } from '../syntax';
import { importRule } from './imports';

const nobodyImportsThem: Rule = importRule({
  says: 'nobody imports the launcher or the simulator',
  cure: 'They are processes of their own: speak HTTP to them, or move the shared part out.',
  concerns: isApp,
  objects: ({ target }) => (isApp(target) ? null : `${target} is imported`),
});

const sandboxStandsAlone: Rule = importRule({
  says: 'the simulator imports nothing of the app',
  cure: 'It is written from the contracts of the providers: say it again here.',
  concerns: (path) => isIn('src/sandbox', path),
  objects: ({ target, isPackage }) =>
    isPackage || isIn('src/sandbox', target) ? null : `the simulator imports ${target}`,
});

const noWordOfIt: Rule = wordRule({
  says: 'the app does not know that there is a simulator',
  cure: 'Make it an ordinary setting, such as the address of the provider.',
  pattern: /simulators?\b|\bSANDBOX_\w+/gi,
});

const noTestSwitches: Rule = wordRule({
  says: 'no switch for tests is in the app',
  cure: 'Tests compose the app with replaced parts; see test/crash.',
  pattern:
    /\b(?:NODE_ENV|JEST_\w+|KASSA_TEST\w*|kill[-_ ]?points?|sabotage|is_?test(?:ing)?|test_?mode)\b/gi,
});

interface WordRule extends Omit<Rule, 'find'> {
  readonly pattern: RegExp;
}

function wordRule({ says, cure, pattern }: WordRule): Rule {
  const judge = (file: SourceFile) =>
    [...file.ast.text.matchAll(pattern)].map((match) =>
      finding(file, match.index, `"${match[0]}" is mentioned`),
    );
  return {
    says,
    cure,
    find: (tree) =>
      program(tree)
        .filter(({ path }) => isApp(path))
        .flatMap(judge),
  };
}

const READERS_OF_THE_ENVIRONMENT = [
  'src/config.ts',
  'src/launcher/launcher.config.ts',
  'src/sandbox/sandbox.config.ts',
];

const oneEnvironment: Rule = {
  says: 'the environment is read in the config files only',
  cure: 'Declare a setting in the slice of its owner and take the value as a parameter.',
  find: (tree) =>
    program(tree)
      .filter(({ path }) => !READERS_OF_THE_ENVIRONMENT.includes(path))
      .flatMap((file) => nodesOf(file).flatMap((node) => environmentFinding(file, node))),
};

function environmentFinding(file: SourceFile, node: ts.Node): Finding[] {
  const member = memberOf(node);
  const isRead = member?.name === 'env' && /\bprocess$/.test(member.object.getText());
  const isTaken =
    ts.isVariableDeclaration(node) &&
    ts.isObjectBindingPattern(node.name) &&
    node.initializer?.getText() === 'process';
  const isImported =
    ts.isImportDeclaration(node) && /^['"](?:node:)?process/.test(node.moduleSpecifier.getText());
  return isRead || isTaken || isImported ? [finding(file, node, 'the environment is read')] : [];
}

export const outsiderRules = {
  nobodyImportsThem,
  sandboxStandsAlone,
  noWordOfIt,
  noTestSwitches,
  oneEnvironment,
};
