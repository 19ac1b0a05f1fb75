import {
  brokenLinks,
  type Page,
  readFiles,
  readPages,
  readScripts,
  type Surroundings,
  tooLong,
  unknownCommands,
  unprovenDecision,
} from './documents';

const files = readFiles();
const ours: Surroundings = { files, scripts: readScripts() };
const pages = readPages(files);

const small: Surroundings = {
  files: new Set(['README.md', 'docs/a.md', 'test/e2e/a.spec.ts']),
  scripts: new Set(['check']),
};
const page = (path: string, text: string): Page => ({ path, text });

describe('the pages of this project', () => {
  it('are found', () => {
    expect(pages.length).toBeGreaterThan(20);
  });

  it('are no longer than a stranger reads', () => {
    expect(tooLong(page('README.md', 'line\n'.repeat(91)))).toHaveLength(1);
    expect(tooLong(page('src/modules/a/README.md', 'line\n'.repeat(41)))).toHaveLength(1);
    expect(pages.flatMap(tooLong)).toEqual([]);
  });

  it('lead to what is there', () => {
    const a = page(
      'docs/a.md',
      '# One thing\n[b](../README.md) [c](#one-thing) [d](https://a.example/)',
    );
    expect(brokenLinks(a, small, [a])).toEqual([]);
    const b = page('docs/a.md', '# One\n[x](b.md) [y](#two) <img src="../gone.png" />');
    expect(brokenLinks(b, small, [b])).toHaveLength(3);
    expect(pages.flatMap((one) => brokenLinks(one, ours, pages))).toEqual([]);
  });

  it('show commands that exist', () => {
    expect(
      unknownCommands(page('README.md', '`npm run check`, `npm run gone`'), small),
    ).toHaveLength(1);
    expect(pages.flatMap((one) => unknownCommands(one, ours))).toEqual([]);
  });

  it('name the test behind each decision', () => {
    const decision = (text: string) => page('docs/decisions/0001-a.md', text);
    expect(unprovenDecision(decision('We decided.'), small)).toHaveLength(1);
    expect(unprovenDecision(decision('By `test/e2e/gone.spec.ts`.'), small)).toHaveLength(1);
    expect(unprovenDecision(decision('By `test/e2e/a.spec.ts`.'), small)).toEqual([]);
    expect(pages.flatMap((one) => unprovenDecision(one, ours))).toEqual([]);
  });
});
