import { finding, type Finding, type Rule } from './rule';

/**
 * The rule, but for files that broke it when it was written, once each. The list only gets shorter: a file in it
 * that keeps the rule is a finding, and so is its second offence.
 */
export function butNotYet(rule: Rule, files: readonly string[]): Rule {
  return {
    ...rule,
    find: (tree) => {
      const found = rule.find(tree);
      const isExcused = (one: Finding) =>
        files.includes(one.file) && found.find(({ file }) => file === one.file) === one;
      const keepers = tree.filter(
        ({ path }) => files.includes(path) && !found.some(({ file }) => file === path),
      );
      return [
        ...found.filter((one) => !isExcused(one)),
        ...keepers.map((file) => finding(file, 0, 'take the file off the list of exceptions')),
      ];
    },
  };
}
