import { type Finding } from './lint';

/** A finding that is looked at and wrong, or true of something that is promised and stays. */
export interface Exception extends Pick<Finding, 'tool' | 'rule'> {
  /** Fits JSON pointers. */
  readonly at: RegExp;
  readonly because: string;
}

const OLDER_API = 'The older API is frozen, and its addresses end with a slash.';
const PREFIXED = 'Ids of invoices begin with `inv_`, so no id is `from-payment`.';
const PROBES = 'It takes nothing, so there is nothing that a caller could do wrong.';

/** Everything that may be found; an entry that nothing needs any more is a mistake, too. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    tool: 'spectral',
    rule: 'path-keys-no-trailing-slash',
    at: /^\/paths\/~1api~1paypal-/,
    because: OLDER_API,
  },
  {
    tool: 'redocly',
    rule: 'no-path-trailing-slash',
    at: /^\/paths\/~1api~1paypal-/,
    because: OLDER_API,
  },
  {
    tool: 'redocly',
    rule: 'no-ambiguous-paths',
    at: /^\/paths\/~1api~1invoices~1/,
    because: PREFIXED,
  },
  {
    tool: 'redocly',
    rule: 'operation-4xx-response',
    at: /^\/paths\/~1health~1/,
    because: PROBES,
  },
  {
    tool: 'spectral',
    rule: 'oas3-valid-schema-example',
    at: /^\/paths\/~1api~1providers\/get\/.*\/default$/,
    because:
      'It takes the member `default` of a provider in an example for the default of a schema.',
  },
];

/** What is left of the findings, and a finding for each exception without a use. */
export function withoutExceptions(
  findings: readonly Finding[],
  exceptions: readonly Exception[] = EXCEPTIONS,
): readonly Finding[] {
  const fits = (exception: Exception, { tool, rule, at }: Finding) =>
    exception.tool === tool && exception.rule === rule && exception.at.test(at);
  const left = findings.filter((finding) => !exceptions.some((one) => fits(one, finding)));
  const unused = exceptions
    .filter((exception) => !findings.some((finding) => fits(exception, finding)))
    .map(({ tool, rule, at }) => ({
      tool,
      rule,
      at: String(at),
      says: 'nothing is found there any more: take it off the list of exceptions',
    }));
  return [...left, ...unused];
}
