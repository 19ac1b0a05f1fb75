import { type HouseRule } from '../../scripts/openapi/house-rule';
import { houseRules } from '../../scripts/openapi/house-rules';
import { withoutExceptions } from '../../scripts/openapi/exceptions';
import { type Finding, lintWithSpectral } from '../../scripts/openapi/lint';
import { renderScore, scoreOf } from '../../scripts/openapi/score';
import { brokenDocuments, goodDocument } from './api-document.examples';

/** What a rule finds, as `place: sentence`. */
function found(rule: HouseRule, document: unknown): readonly string[] {
  return rule
    .judge(document)
    .flatMap(({ at, faults }) => faults.map((fault) => `${at.join(' ')}: ${fault}`));
}

describe('the house rules of the API document', () => {
  for (const [name, rule] of Object.entries(houseRules)) {
    it(`${name}: lets a good document pass, and looks at something in it`, () => {
      expect(found(rule, goodDocument())).toEqual([]);
      expect(rule.judge(goodDocument()).length).toBeGreaterThan(0);
    });
  }

  it.each(brokenDocuments)('$rule: fails for $says', ({ rule, document, finds }) => {
    expect(found(houseRules[rule], document)).toEqual(finds);
  });

  it('have a broken document each', () => {
    const proved = brokenDocuments.map(({ rule }) => rule);
    expect(Object.keys(houseRules).filter((name) => !proved.some((one) => one === name))).toEqual(
      [],
    );
  });

  it('are counted', () => {
    const [broken] = brokenDocuments.filter(({ rule }) => rule === 'operation-described');
    const score = scoreOf(broken?.document, {
      'operation-described': houseRules['operation-described'],
    });
    expect(score).toMatchObject([{ have: 1, of: 2 }]);
    expect(renderScore(score)).toMatch(/operationId.* 1 of +2\n$/);
  });
});

describe('the lint of the API document', () => {
  it('names what our own rules find, as Spectral does', async () => {
    const [broken] = brokenDocuments.filter(({ rule }) => rule === 'idempotency-key');
    const findings = await lintWithSpectral(broken?.document, houseRules);
    expect(findings).toContainEqual({
      tool: 'spectral',
      rule: 'idempotency-key',
      at: '/paths/~1api~1payments/post',
      says: 'must take the header Idempotency-Key, once and in this spelling',
    });
  });

  it('takes nothing for an exception but what is listed, and nothing that is not needed', () => {
    const finding: Finding = { tool: 'redocly', rule: 'a-rule', at: '/paths/~1a', says: 'No.' };
    const exception = { tool: 'redocly', rule: 'a-rule', at: /^\/paths/, because: 'x' } as const;
    expect(withoutExceptions([finding], [exception])).toEqual([]);
    const left = withoutExceptions([finding], [{ ...exception, rule: 'other' }]);
    expect(left.map(({ rule }) => rule)).toEqual(['a-rule', 'other']);
    expect(left[1]?.says).toContain('take it off');
  });
});
