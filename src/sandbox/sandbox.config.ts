import { type SandboxOptions } from './start-sandbox';

type Environment = Record<string, string | undefined>;

/** Reads the settings of the simulator process and names all mistakes at once. */
export function readSandboxConfig(env: Environment = process.env): SandboxOptions {
  const mistakes: string[] = [];
  const port = readPort(env['SANDBOX_PORT'], mistakes);
  const paypalAccounts = readAccounts(env['SANDBOX_PAYPAL_ACCOUNTS'], mistakes);
  const payproKeys = listOf(env['SANDBOX_PAYPRO_KEYS']);
  const dataFile = env['SANDBOX_DATA_FILE'];
  if (!dataFile) mistakes.push('SANDBOX_DATA_FILE must name the file that keeps the state');
  const publicUrl = env['SANDBOX_PUBLIC_URL'];
  if (publicUrl && !/^https?:\/\//.test(publicUrl)) {
    mistakes.push('SANDBOX_PUBLIC_URL must begin with http:// or https://');
  }
  if (mistakes.length > 0 || !dataFile) throw new Error(mistakes.join('\n'));
  return {
    host: env['SANDBOX_HOST'] || '127.0.0.1',
    port,
    dataFile,
    paypalAccounts,
    payproKeys,
    ...(publicUrl ? { publicUrl } : {}),
  };
}

function readPort(text: string | undefined, mistakes: string[]): number {
  if (!text) return 0;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  mistakes.push('SANDBOX_PORT must be from 0 (a free one) to 65535');
  return 0;
}

function readAccounts(
  text: string | undefined,
  mistakes: string[],
): { clientId: string; secret: string }[] {
  return listOf(text).map((pair) => {
    const [clientId = '', secret = ''] = pair.split(':');
    if (clientId === '' || secret === '') {
      mistakes.push('SANDBOX_PAYPAL_ACCOUNTS must be client_id:secret pairs with commas between');
    }
    return { clientId, secret };
  });
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
