import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCheckout } from '../../src/launcher/launcher.config';
import { parseJson, textAt } from '../../src/shared/json';
import { type Check, fail, ok } from './finding';

const PACKAGE = join(findCheckout(__dirname), 'package.json');

const PLACE = { check: 'node', lookedAt: 'Node.js' };

export function checkNode(): Check {
  return {
    name: PLACE.check,
    lookedAt: PLACE.lookedAt,
    run: (tell) => {
      const wanted = textAt(parseJson(readFileSync(PACKAGE, 'utf8')), 'engines', 'node') ?? '';
      const found = process.versions.node;
      const cure = 'Install Node.js 22 from https://nodejs.org.';
      tell(
        isInRange(found, wanted)
          ? ok(PLACE, `Version ${found} fits.`)
          : fail(PLACE, `Version ${found} does not fit ${wanted}.`, cure),
      );
      return Promise.resolve();
    },
  };
}

/** The two forms that our `engines` field uses: `^a.b.c` and `>=a.b.c`, joined by `||`. */
function isInRange(version: string, ranges: string): boolean {
  const found = numbersOf(version);
  return ranges.split('||').some((range) => {
    const wanted = numbersOf(range.replace(/^[\s^>=]+/, ''));
    const differing = wanted.findIndex((number, index) => number !== found[index]);
    const isEnough = differing < 0 || (found[differing] ?? 0) > (wanted[differing] ?? 0);
    return isEnough && (range.includes('>=') || wanted[0] === found[0]);
  });
}

function numbersOf(version: string): readonly number[] {
  return version.trim().split('.').map(Number);
}
