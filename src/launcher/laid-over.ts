import { type Environment } from './launcher.config';

/** An environment with settings on top; `NAME_FILE` beside `NAME` would be a contradiction. */
export function withOwn(environment: Environment, own: Record<string, string>): Environment {
  const dropped = new Set(Object.keys(own).flatMap((name) => [name, `${name}_FILE`]));
  const kept = Object.entries(environment).filter(([name]) => !dropped.has(name));
  return { ...Object.fromEntries(kept), ...own };
}

/** What we prefer where nobody said otherwise, be it in a file. */
export function preferredSettings(
  environment: Environment,
  preferred: Record<string, string>,
): Record<string, string> {
  const isSaid = (name: string): boolean =>
    environment[name] !== undefined || environment[`${name}_FILE`] !== undefined;
  return Object.fromEntries(Object.entries(preferred).filter(([name]) => !isSaid(name)));
}
