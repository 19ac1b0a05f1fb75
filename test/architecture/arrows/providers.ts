import { adapterOf, isIn, layerOf } from '../places';
import { importRule } from './imports';
import { type Rule } from '../rule';

/** What an adapter is written against; anything else in src/providers is our own business. */
const PORT_FILES = [
  'payment-provider',
  'provider-adapter',
  'provider-call',
  'provider-capabilities',
  'provider-http',
  'provider-inspection',
  'provider-parts',
  'provider-reply',
].map((name) => `src/providers/${name}.ts`);

/** Signatures of notifications need hashes, keys, checksums and root certificates; HTTP is `provider-http.ts`. */
const ADAPTER_PACKAGES = ['node:crypto', 'node:buffer', 'node:tls', 'node:zlib', 'big.js'];

const oneList: Rule = importRule({
  says: 'only providers/providers.ts names an adapter',
  cure: 'Ask the registry for the account and use the port.',
  concerns: (path) => isIn('src', path) && !isIn('src/launcher', path),
  withTests: true,
  objects: ({ target }, from) => {
    const adapter = adapterOf(target);
    if (adapter === null || adapter === adapterOf(from)) return null;
    if (from === 'src/providers/providers.ts') return null;
    return `${target} belongs to the adapter ${adapter}`;
  },
});

const adapters: Rule = importRule({
  says: 'an adapter sees the port, shared and itself',
  cure: 'Take what is needed through the port, or say it in the list of port files.',
  concerns: (path) => adapterOf(path) !== null,
  objects: ({ target, isPackage }, from) => {
    if (isPackage) return ADAPTER_PACKAGES.includes(target) ? null : `an adapter uses ${target}`;
    const isOwn = adapterOf(target) === adapterOf(from);
    const isKnown = isOwn || isIn('src/shared', target) || PORT_FILES.includes(target);
    return isKnown ? null : `an adapter imports ${target}`;
  },
});

const innerFolders: Rule = importRule({
  says: 'the inner folders of providers are seen by providers only',
  cure: 'Offer what is needed in a file directly in src/providers.',
  concerns: (path) => layerOf(path) !== 'providers' && !isIn('src/launcher', path),
  objects: ({ target }) =>
    layerOf(target) === 'providers' && !/^src\/providers\/[^/]+$/.test(target)
      ? `${target} is an inner part of providers`
      : null,
});

export const providerRules = { oneList, adapters, innerFolders };
