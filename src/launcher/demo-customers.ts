import { createInterface } from 'node:readline';
import { parseJson, textAt } from '../shared/json';
import { type Child } from './child';
import { type DemoCustomers } from './demo-info';
import { LauncherError } from './launcher-error';

/** Migrations and a few dozen rows; the first start on a slow disk takes the longest. */
const DEMO_DATA_TIMEOUT_MS = 120_000;

async function lastLine(child: Child): Promise<string> {
  let last = '';
  if (child.process.stdout === null) return last;
  for await (const line of createInterface({ input: child.process.stdout })) {
    if (line.trim() !== '') last = line;
  }
  return last;
}

/** Waits for the demo data to be there; its last line names the customers. */
export async function untilDemoDataIsThere(child: Child): Promise<DemoCustomers> {
  const timer = setTimeout(() => child.process.kill('SIGKILL'), DEMO_DATA_TIMEOUT_MS);
  const [line, code] = await Promise.all([lastLine(child), child.exitCode]);
  clearTimeout(timer);
  const answer = parseJson(line);
  const user = textAt(answer, 'customers', 'user');
  const otherUser = textAt(answer, 'customers', 'other_user');
  if (code === 0 && user !== null && otherUser !== null) return { user, other_user: otherUser };
  const how = code === 0 ? 'named no customers' : await child.ended;
  throw new LauncherError(
    `${child.name} ${how}; its reason is above. If the data is from another version, ` +
      'remove the data folder (or the database that DATABASE_URL names) and start again.',
  );
}
