import ts from 'typescript';
import { finding, type Rule } from '../rule';
import { type SourceFile } from '../source-tree';
import { type Comment, commentsOf, memberOf, nodesOf } from '../syntax';

const noNotesToSelf: Rule = commentRule({
  says: 'no comment is a note to ourselves',
  cure: 'Do it now, or open an issue and say in the comment what holds today.',
  objects: ({ text }) => /\b(?:TODO|FIXME|XXX|HACK)\b/.exec(text)?.[0] ?? null,
});

const noSilencers: Rule = commentRule({
  says: 'no comment silences a check',
  cure: 'Satisfy the check, or change it for everybody with its reason.',
  objects: ({ text }) =>
    /eslint-(?:disable|enable)|@ts-(?:ignore|expect-error|nocheck)|prettier-ignore|istanbul ignore|c8 ignore/.exec(
      text,
    )?.[0] ?? null,
});

const CODE_LINE =
  /^(?:(?:import|export|const|let|var|return|await|throw|if|for|while|switch|case|function|class|async)\b.*[;{}(]|[\w.]+(?:<.*>)?\(.*\);|[\w.[\]'"]+ [+-]?= .*;|(?:\} else \{|[}\])]+;?|@\w+\(.*\)))$/;

const noDeadCode: Rule = commentRule({
  says: 'no code is commented out',
  cure: 'Delete it: the history keeps it.',
  objects: ({ text }) => {
    if (text.startsWith('/**')) return null;
    const lines = text.replace(/^\/\*|\*\/$/g, '').split('\n');
    const code = lines
      .map((line) => line.replace(/^\s*(?:\/\/|\*)?\s*/, '').trimEnd())
      .find((line) => CODE_LINE.test(line));
    return code === undefined ? null : `code in a comment: ${code}`;
  },
});

const TEST_WORDS = ['it', 'test', 'describe'];
const MODIFIERS = ['skip', 'only', 'todo', 'failing'];
const SHORT_FORMS = ['xit', 'fit', 'xtest', 'xdescribe', 'fdescribe'];

const noSkippedTests: Rule = {
  says: 'no test is skipped, alone or promised',
  cure: 'Make it run everywhere; a test that needs a condition makes it, or proves the other case.',
  find: (tree) =>
    tree.flatMap((file) =>
      nodesOf(file)
        .filter((node) => isSkipped(node))
        .map((node) => finding(file, node, node.getText(file.ast))),
    ),
};

function isSkipped(node: ts.Node): boolean {
  const member = memberOf(node);
  if (member) {
    // `isRoot ? it : it.skip`: what this machine cannot show is shown on the ones that can.
    if (ts.isConditionalExpression(node.parent)) return false;
    return TEST_WORDS.includes(member.object.getText()) && MODIFIERS.includes(member.name);
  }
  const isCallee = ts.isIdentifier(node) && ts.isCallExpression(node.parent);
  return isCallee && node.parent.expression === node && SHORT_FORMS.includes(node.text);
}

interface CommentRule extends Omit<Rule, 'find'> {
  readonly objects: (comment: Comment) => string | null;
}

/** Comments are judged in tests as well. */
function commentRule({ says, cure, objects }: CommentRule): Rule {
  const judge = (file: SourceFile) =>
    commentsOf(file).flatMap((comment) => {
      const objection = objects(comment);
      return objection === null ? [] : [finding(file, comment.position, objection)];
    });
  return { says, cure, find: (tree) => tree.flatMap(judge) };
}

export const leftoverRules = { noNotesToSelf, noSilencers, noDeadCode, noSkippedTests };
