import ts from 'typescript';
import { isIn } from '../places';
import { finding, type Finding, type Rule } from '../rule';
import { program, type SourceFile, type SourceTree } from '../source-tree';
import { type Import, importsOf, nodesOf } from '../syntax';

const noBarrels: Rule = {
  says: 'there are no barrels',
  cure: 'Import from the file that declares the thing; only a facade hands on names of its module.',
  find: (tree) =>
    program(tree).flatMap((file) => {
      const isIndex = /(^|\/)index\.ts$/.test(file.path);
      return [
        ...(isIndex ? [finding(file, 0, 'the file is an index')] : []),
        ...importsOf(file)
          .filter(({ isReexport }) => isReexport)
          .filter(({ names }) => names.length === 0 || !file.path.endsWith('.facade.ts'))
          .map(({ node, target }) => finding(file, node, `${target} is re-exported`)),
      ];
    }),
};

const noForwardRef: Rule = {
  says: 'there is no forwardRef',
  cure: 'Two things that need each other hide a third one: give it a name.',
  find: (tree) =>
    program(tree).flatMap((file) =>
      nodesOf(file)
        .filter((node) => ts.isIdentifier(node) && node.text === 'forwardRef')
        .filter((node) => !ts.isImportSpecifier(node.parent))
        .map((node) => finding(file, node, 'forwardRef is used')),
    ),
};

const noRuntimeCycles: Rule = {
  says: 'no files import each other in a circle',
  cure: 'Move what both need into a file of its own.',
  find: (tree) => cyclesIn(program(tree), ({ isType }) => !isType),
};

const noTypeCycles: Rule = {
  says: 'no files know each other in a circle, not even by types',
  cure: 'Move the type that both need into a file of its own.',
  find: (tree) => cyclesIn(program(tree), () => true),
};

/** The shortest circle through each file, every circle once. */
function cyclesIn(tree: SourceTree, counts: (one: Import) => boolean): Finding[] {
  const files = new Map(tree.map((file) => [file.path, file]));
  const edges = new Map(
    tree.map((file) => [
      file.path,
      importsOf(file).filter((one) => files.has(one.target) && counts(one)),
    ]),
  );
  const seen = new Set<string>();
  return tree.flatMap((file) => {
    const cycle = shortestCycle(file, edges);
    const key = [...(cycle ?? [])].sort().join();
    if (!cycle || seen.has(key)) return [];
    seen.add(key);
    const first = edges.get(file.path)?.find(({ target }) => target === (cycle[1] ?? cycle[0]));
    return [finding(file, first?.node ?? 0, `a circle: ${[...cycle, file.path].join(' → ')}`)];
  });
}

function shortestCycle(
  start: SourceFile,
  edges: ReadonlyMap<string, readonly Import[]>,
): readonly string[] | null {
  const paths = new Map<string, readonly string[]>([[start.path, [start.path]]]);
  for (const [path, way] of paths) {
    for (const { target } of edges.get(path) ?? []) {
      if (target === start.path) return way;
      if (!paths.has(target) && !isIn('test', target)) paths.set(target, [...way, target]);
    }
  }
  return null;
}

export const rotRules = { noBarrels, noForwardRef, noRuntimeCycles, noTypeCycles };
