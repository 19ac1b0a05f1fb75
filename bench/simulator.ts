import { parseJson, textAt } from '../src/shared/json';
import { startSandbox } from '../src/sandbox/start-sandbox';

/** The simulated gateways as a process of their own: no delay, and memory only, so that no disk is measured. */
async function main(): Promise<void> {
  const account = parseJson(process.env['ACCOUNT'] ?? '');
  const clientId = textAt(account, 'id') ?? '';
  const secret = textAt(account, 'secret') ?? '';
  const sandbox = await startSandbox({
    host: '127.0.0.1',
    port: 0,
    paypalAccounts: [{ clientId, secret }],
    payproKeys: [],
  });
  process.once('SIGTERM', () => process.exit(0));
  process.once('disconnect', () => process.exit(0));
  process.send?.({ listening: sandbox.url });
}

void main();
