import {
  type IRuleResult,
  Ruleset,
  Spectral,
  type RulesetFunction,
} from '@stoplight/spectral-core';
import { oas } from '@stoplight/spectral-rulesets';
import { type HouseRule } from './house-rule';

/** Something that a tool objects to. */
export interface Finding {
  readonly tool: 'spectral' | 'redocly';
  readonly rule: string;
  /** JSON pointer. */
  readonly at: string;
  readonly says: string;
}

type HouseRules = Readonly<Record<string, HouseRule>>;

/** All rules of Spectral for OpenAPI and our own; any severity counts. */
export async function lintWithSpectral(document: unknown, house: HouseRules): Promise<Finding[]> {
  const spectral = new Spectral();
  spectral.setRuleset(new Ruleset(rulesetOf(house)));
  const results = await spectral.run(JSON.stringify(document));
  return results.map(({ code, path, message }) => ({
    tool: 'spectral',
    rule: String(code),
    at: pointerOf(path),
    says: message,
  }));
}

function rulesetOf(house: HouseRules) {
  const rules = Object.entries(house).map(([name, rule]) => [name, asSpectral(rule)] as const);
  return {
    extends: [[oas, 'all']],
    rules: {
      // Tags stand in the order in which people work.
      'openapi-tags-alphabetical': 'off',
      // Whoever runs the service is the contact; the document cannot know who that is.
      'contact-properties': 'off',
      ...Object.fromEntries(rules),
    },
  };
}

function asSpectral(rule: HouseRule) {
  const judge: RulesetFunction = (document: unknown) =>
    rule
      .judge(document)
      .flatMap(({ at, faults }) => faults.map((message) => ({ message, path: [...at] })));
  return {
    given: '$',
    resolved: false,
    severity: 'error',
    message: '{{error}}',
    then: { function: judge },
  } as const;
}

/** What Redocly recommends. */
export async function lintWithRedocly(document: unknown): Promise<Finding[]> {
  const { createConfig, lintFromString } = await import('@redocly/openapi-core');
  const config = await createConfig({ extends: ['recommended'] });
  const source = JSON.stringify(document);
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config });
  return problems.map(({ ruleId, message, location }) => ({
    tool: 'redocly',
    rule: ruleId,
    at: (location[0]?.pointer ?? '').replace(/^#/, ''),
    says: message,
  }));
}

function pointerOf(path: IRuleResult['path']): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
