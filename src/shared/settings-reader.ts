import { type SettingSlice, type SettingValues } from './settings';

/** One mistake in the configuration: which setting, and what to do. Never carries the value. */
export interface SettingProblem {
  readonly name: string;
  readonly detail: string;
}

/** Where settings come from: the environment, or a file named by `NAME_FILE`. */
export interface SettingSource {
  /** The text of a setting, undefined when it is not set, or a problem that reading it met. */
  read(name: string): { readonly text?: string; readonly problem?: string };
  names(): readonly string[];
}

/** From where settings are read, and where mistakes are noted. */
export interface SettingReading {
  readonly source: SettingSource;
  /** Mistakes are added here, so that all of them are reported at once. */
  readonly problems: SettingProblem[];
  /** What the source puts before every name of the slice, such as `PAYPAL__`. */
  readonly prefix?: string;
}

type ReadFile = (path: string) => string;

/** The environment as a source: `NAME`, or the content of the file that `NAME_FILE` names. */
export function environmentSource(
  env: Readonly<Record<string, string | undefined>>,
  readFile: ReadFile,
): SettingSource {
  return {
    names: () => Object.keys(env).filter((name) => env[name] !== undefined),
    read: (name) => {
      const text = env[name];
      const path = env[`${name}_FILE`];
      if (path === undefined) return text === undefined ? {} : { text };
      if (text !== undefined) return { problem: `set either ${name} or ${name}_FILE, not both` };
      return readSettingFile({ name, path }, readFile);
    },
  };
}

/** Reads an owner's slice; a value is only meant to be used when no problem was added. */
export function readSettings<S extends SettingSlice>(
  slice: S,
  { source, problems, prefix = '' }: SettingReading,
): SettingValues<S> {
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(slice)) {
    const name = prefix + key;
    const { text, problem } = source.read(name);
    if (problem !== undefined) problems.push({ name, detail: problem });
    else if (text !== undefined) {
      values[key] = setting.parse(text);
      if (values[key] === undefined) {
        const detail = setting.explain?.(text) ?? `must ${setting.expected}. ${setting.cure}`;
        problems.push({ name, detail });
      }
    } else if (setting.fallback) values[key] = setting.fallback.value;
    else problems.push({ name, detail: `is missing. ${setting.cure}` });
  }
  // Every key of the slice is present, or a problem was reported and the values are never used.
  return values as SettingValues<S>;
}

/** Names that start with the prefix but belong to no setting of the slice: most likely spelling mistakes. */
export function reportUnknownNames(
  slice: SettingSlice,
  { source, problems, prefix = '' }: SettingReading,
): void {
  const known = Object.keys(slice).flatMap((key) => [prefix + key, `${prefix}${key}_FILE`]);
  for (const name of source.names()) {
    if (name.startsWith(prefix) && !known.includes(name)) {
      const names = Object.keys(slice).map((key) => prefix + key);
      problems.push({ name, detail: `is not a setting. There are ${names.join(', ')}.` });
    }
  }
}

function readSettingFile({ name, path }: { name: string; path: string }, readFile: ReadFile) {
  try {
    const text = readFile(path).replace(/\r?\n$/, '');
    return text === '' ? { problem: `the file that ${name}_FILE names is empty` } : { text };
  } catch {
    return { problem: `the file that ${name}_FILE names cannot be read` };
  }
}
