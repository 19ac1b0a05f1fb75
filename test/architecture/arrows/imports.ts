import { finding, type Finding, type Rule } from '../rule';
import { type Import, importsOf } from '../syntax';
import { program, type SourceFile, type SourceTree } from '../source-tree';

interface ImportRule extends Omit<Rule, 'find'> {
  /** Files whose imports the rule looks at; tests only where it says so. */
  readonly concerns: (path: string) => boolean;
  /** What is wrong with the import; null when it may stay. */
  readonly objects: (one: Import, from: string) => string | null;
  readonly withTests?: boolean;
}

/** A rule about single imports. */
export function importRule({ says, cure, concerns, objects, withTests }: ImportRule): Rule {
  const judge = (file: SourceFile): Finding[] =>
    importsOf(file).flatMap((one) => {
      const objection = objects(one, file.path);
      return objection === null ? [] : [finding(file, one.node, objection)];
    });
  const find = (tree: SourceTree) => {
    const files = withTests ? tree : program(tree);
    return files.filter(({ path }) => concerns(path)).flatMap(judge);
  };
  return { says, cure, find };
}
