import { databaseSettings } from '../../src/platform/database/database.settings';
import { httpSettings } from '../../src/platform/http/http.settings';
import { adapters } from '../../src/providers/providers';
import { decoded, type SettingSlice } from '../../src/shared/settings';
import { type SettingSource } from '../../src/shared/settings-reader';
import { type Finding } from './finding';

/** Shorter ones would hide ordinary words, and hide nothing. */
const LENGTH_MIN = 4;
const HIDDEN = '***';

/**
 * Every secret that the settings hold. The findings are made without them; this is the second wall, for answers of
 * others that repeat what they were asked with.
 */
export function secretsIn(source: SettingSource): readonly string[] {
  const slices: readonly SettingSlice[] = [
    databaseSettings,
    httpSettings,
    ...adapters.map(({ settings }) => settings),
  ];
  const secretNames = new Set(slices.flatMap(secretNamesOf));
  const names = source.names().map((name) => name.replace(/_FILE$/, ''));
  // An account puts its own name before those of its adapter.
  const texts = names
    .filter((name) => secretNames.has(name.replace(/^.*__/, '')))
    .flatMap((name) => source.read(name).text ?? []);
  const found = texts.flatMap((text) => [text, ...partsOf(text)]);
  return [...new Set(found)].filter((text) => text.length >= LENGTH_MIN);
}

/** Only in sentences: a password such as `status` must not take the form of the report apart. */
export function withoutSecrets(
  findings: readonly Finding[],
  secrets: readonly string[],
): readonly Finding[] {
  const longestFirst = secrets.toSorted((a, b) => b.length - a.length);
  const hide = (text: string) =>
    longestFirst.reduce((hidden, secret) => hidden.replaceAll(secret, HIDDEN), text);
  return findings.map((one) => ({
    ...one,
    message: hide(one.message),
    cure: one.cure === null ? null : hide(one.cure),
  }));
}

function secretNamesOf(slice: SettingSlice): readonly string[] {
  return Object.entries(slice).flatMap(([name, { secret }]) => (secret === true ? [name] : []));
}

/** The secrets of a list, and the password of an address, as it is written and as it is meant. */
function partsOf(text: string): readonly string[] {
  const listed = text.split(',').map((part) => part.trim());
  if (!URL.canParse(text)) return listed;
  const { password } = new URL(text);
  return [...listed, password, decoded(password) ?? ''];
}
