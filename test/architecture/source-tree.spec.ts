import { finding, show } from './rule';
import { listFiles, treeOf } from './source-tree';
import { commentsOf, importsOf } from './syntax';

/** A rule that looks at nothing holds for ever, so the looking is tested too. */
describe('the source tree', () => {
  it('holds the whole program and its tests', () => {
    const paths = listFiles();
    expect(paths).toContain('src/main.ts');
    expect(paths).toContain('src/modules/payments/domain/payment-lifecycle.ts');
    expect(paths).toContain('test/architecture/source-tree.spec.ts');
    expect(paths.length).toBeGreaterThan(150);
  });

  it('knows imports however they are written, and which are gone at run time', () => {
    const [file] = treeOf({
      'src/a/a.ts': `
        import 'reflect-metadata';
        import x, { type Y } from './x';
        import { type Z } from '../z';
        import type { V } from './v.wire';
        export { w } from './w';
        import u = require('./u');
        const t = import('./t');
        type S = typeof import('./s');`,
    });
    expect(file && importsOf(file).map(({ target, isType }) => [target, isType])).toEqual([
      ['reflect-metadata', false],
      ['src/a/x.ts', false],
      ['src/z.ts', true],
      ['src/a/v.wire.ts', true],
      ['src/a/w.ts', false],
      ['src/a/u.ts', false],
      ['src/a/t.ts', false],
      ['src/a/s.ts', true],
    ]);
  });

  it('tells comments from text that looks like one', () => {
    const [file] = treeOf({
      'src/a.ts':
        "const a = 'http://x'; // one\nconst b = `//${a}//`; /* two */ const c = /\\/\\//;",
    });
    expect(file && commentsOf(file).map(({ text }) => text)).toEqual(['// one', '/* two */']);
  });

  it('prints file, line, what is there and the cure', () => {
    const [file] = treeOf({ 'src/a.ts': '\n\nlet a;' });
    const rule = { says: 'nothing is there', cure: 'Remove it.', find: () => [] };
    expect(file && show(rule, finding(file, 2, 'something is there'))).toBe(
      'src/a.ts:3  something is there. Remove it.',
    );
  });
});
