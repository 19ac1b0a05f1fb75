import { parseJson, textAt } from '../src/shared/json';
import { startSandbox } from '../src/sandbox/start-sandbox';

/** The simulated gateways as a process of their own: no delay, and memory only, so that no disk is measured. */
async function main(): Promise<void> {
  const accounts = parseJson(process.env['ACCOUNTS'] ?? '');
  const clientId = textAt(accounts, 'paypalId') ?? '';
  const secret = textAt(accounts, 'paypalSecret') ?? '';
  const sandbox = await startSandbox({
    host: '127.0.0.1',
    port: 0,
    paypalAccounts: [{ clientId, secret }],
    payproKeys: [textAt(accounts, 'payproKey') ?? ''],
  });
  process.once('SIGTERM', () => process.exit(0));
  process.once('disconnect', () => process.exit(0));
  process.send?.({ listening: sandbox.url });
}

void main();
