import { isIn, isRootFile, LAYERS, layerOf, moduleOf, partOf } from '../places';
import { importRule } from './imports';
import { finding, type Rule } from '../rule';
import { program } from '../source-tree';

const ORDER = LAYERS.join(' ← ');

const layers: Rule = importRule({
  says: `no arrow turns back: ${ORDER}`,
  cure: 'Move what is shared to the earlier one, or tell the later one by an event.',
  concerns: (path) => layerOf(path) !== null,
  objects: ({ target, isPackage }, from) => {
    if (isPackage || isIn('src/migrations', target)) return null;
    const layer = layerOf(target);
    if (layer === null) return `${String(layerOf(from))} imports ${target}`;
    const isBack = LAYERS.indexOf(layer) > LAYERS.indexOf(layerOf(from) ?? '');
    return isBack ? `${String(layerOf(from))} imports ${target}, which is later` : null;
  },
});

const places: Rule = {
  says: 'every folder of src has a place in the arrows',
  cure: 'Put the file into one of the folders, or give the new folder its place in test/architecture/places.ts.',
  find: (tree) =>
    program(tree)
      .filter(({ path }) => {
        if (isRootFile(path) || /^src\/(migrations|sandbox|launcher)\//.test(path)) return false;
        return !LAYERS.includes(layerOf(path) ?? '');
      })
      .map((file) => finding(file, 0, 'the folder is unknown')),
};

const sharedIsPure: Rule = importRule({
  says: 'shared imports no package but the makers of ids and the arithmetic of rates',
  cure: 'What needs Node.js, Nest or a database is plumbing: put it into src/platform.',
  concerns: (path) => isIn('src/shared', path),
  objects: ({ target, isPackage }) =>
    isPackage && !['uuidv7', 'big.js'].includes(target) ? `shared imports ${target}` : null,
});

const migrations: Rule = importRule({
  says: 'migrations are plain SQL: they import only typeorm, and only platform/database imports them',
  cure: 'A released migration must not change when code does: write out what it needs.',
  concerns: () => true,
  objects: ({ target, isPackage }, from) => {
    if (isIn('src/migrations', from)) {
      const isAllowed = isPackage ? target === 'typeorm' : isIn('src/migrations', target);
      return isAllowed ? null : `a migration imports ${target}`;
    }
    const mayKnow = isIn('src/platform/database', from) || isIn('src/launcher', from);
    return isIn('src/migrations', target) && !mayKnow ? `${target} is imported` : null;
  },
});

const frontDoors: Rule = importRule({
  says: 'a module is entered by its facade, its events or (from a module file) its module',
  cure: 'Offer what is needed in the facade of the other module.',
  concerns: (path) => moduleOf(path) !== null || isRootFile(path) || isIn('src/platform', path),
  objects: ({ target }, from) => {
    const other = moduleOf(target);
    if (other === null || other === moduleOf(from)) return null;
    if (partOf(target) !== null) return `${target} is an inner part of ${other}`;
    const doors = [
      'facade',
      'events',
      ...(from.endsWith('.module.ts') ? ['module'] : []),
      ...(isRootFile(from) ? ['settings', 'errors'] : []),
    ];
    const isDoor = doors.some((door) => target.endsWith(`/${other}.${door}.ts`));
    return isDoor ? null : `${target} is no door of ${other}`;
  },
});

export const layerRules = { layers, places, sharedIsPure, migrations, frontDoors };
