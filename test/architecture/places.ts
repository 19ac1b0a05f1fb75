/** Arrow order: a layer knows itself and the ones before it. */
export const LAYERS = [
  'shared',
  'platform',
  'providers',
  'customers',
  'payments',
  'invoices',
  'webhooks',
  'compatibility',
];

const PROVIDER_FOLDERS = ['http', 'notifications'];

/** The layer of a file under src; null for what stands beside the layers: root files, migrations, launcher, sandbox. */
export function layerOf(path: string): string | null {
  return moduleOf(path) ?? /^src\/(shared|platform|providers)\//.exec(path)?.[1] ?? null;
}

/** `payments` for a file of that business module. */
export function moduleOf(path: string): string | null {
  return /^src\/modules\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** `domain` for src/modules/payments/domain/…; null for a flat file. The inbox is divided like a module. */
export function partOf(path: string): string | null {
  const part = /^src\/(?:modules\/[^/]+|providers\/notifications)\/([^/]+)\//;
  return part.exec(path)?.[1] ?? null;
}

/** `paypal` for a file of that adapter. */
export function adapterOf(path: string): string | null {
  const folder = /^src\/providers\/([^/]+)\//.exec(path)?.[1];
  return folder === undefined || PROVIDER_FOLDERS.includes(folder) ? null : folder;
}

/** Composition: app.module.ts, main.ts, config.ts and what else stands directly in src. */
export function isRootFile(path: string): boolean {
  return /^src\/[^/]+\.ts$/.test(path);
}

export function isIn(folder: string, path: string): boolean {
  return path.startsWith(`${folder}/`);
}

/** The simulator and the launcher stand beside the app: what binds the app does not bind them. */
export function isApp(path: string): boolean {
  return !isIn('src/sandbox', path) && !isIn('src/launcher', path);
}
