import { type Rule, show } from './rule';
import { type Files, readTree, treeOf } from './source-tree';

interface RedExample {
  readonly files: Files;
  /** `path:line` of every finding, in order. */
  readonly finds: readonly string[];
}

/** How a rule was seen to fail, and what it must not mistake for an offence. */
export interface Examples {
  readonly red: readonly [RedExample, ...RedExample[]];
  readonly green?: readonly Files[];
}

const tree = readTree();

/** Holds each rule against its examples and against the real tree; a rule without a red example does not compile. */
export function checkRules<Name extends string>(
  rules: Readonly<Record<Name, Rule>>,
  examples: Readonly<Record<Name, Examples>>,
): void {
  for (const name in rules) {
    describe(rules[name].says, () => {
      holds(rules[name]);
      for (const example of examples[name].red) seenToFail(rules[name], example);
      for (const files of examples[name].green ?? []) letsPass(rules[name], files);
    });
  }
}

function holds(rule: Rule): void {
  it('holds', () => {
    expect(rule.find(tree).map((found) => show(rule, found))).toEqual([]);
  });
}

function seenToFail(rule: Rule, { files, finds }: RedExample): void {
  it(`fails for: ${summaryOf(files)}`, () => {
    const found = rule.find(treeOf(files));
    expect(found.map(({ file, line }) => `${file}:${line}`)).toEqual(finds);
  });
}

function letsPass(rule: Rule, files: Files): void {
  it(`lets pass: ${summaryOf(files)}`, () => {
    const found = rule.find(treeOf(files));
    expect(found.map((one) => show(rule, one))).toEqual([]);
  });
}

/** Enough of the example to recognise it in the output. */
const SUMMARY_LENGTH_MAX = 90;

function summaryOf(files: Files): string {
  const text = Object.entries(files)
    .map(([path, content]) => `${path}: ${content}`)
    .join(' | ');
  return text.replaceAll(/\s+/g, ' ').slice(0, SUMMARY_LENGTH_MAX);
}
