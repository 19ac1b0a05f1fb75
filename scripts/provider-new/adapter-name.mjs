/** It becomes a folder, a class and the beginning of settings (ACME__API_KEY), so it is plain and short. */
const NAME = /^[a-z][a-z0-9]{1,29}$/;

/** Folders of src/providers that are no adapters, and words that would be mistaken for something else of Kassa. */
const RESERVED = [
  'common',
  'compat',
  'constants',
  'core',
  'demo',
  'helper',
  'helpers',
  'http',
  'interfaces',
  'lib',
  'misc',
  'notifications',
  'payments',
  'provider',
  'providers',
  'sandbox',
  'simulator',
  'simulators',
  'types',
  'util',
  'utils',
];

/** Why there can be no adapter of this name, with what to do; null when there can. */
export function objectionTo(name) {
  if (!NAME.test(name)) {
    return `"${name}" cannot be the name: take 2 to 30 small letters and digits that begin with a letter, such as acme.`;
  }
  if (RESERVED.includes(name)) {
    return `"${name}" means something else in Kassa. Take the name of the gateway, such as acme.`;
  }
  return null;
}

/** What the templates call it. */
export function wordsOf(name) {
  return {
    name,
    Name: `${name[0].toUpperCase()}${name.slice(1)}`,
    NAME: name.toUpperCase(),
  };
}
