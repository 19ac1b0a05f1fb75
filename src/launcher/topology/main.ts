import 'reflect-metadata';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../config';
import { openDataDir } from '../data-dir';
import { openDemoSecrets } from '../demo-secrets';
import { topologySettings } from '../demo-settings';
import { requireRightSettings } from '../judge-settings';
import { type LauncherConfig, readLauncherProcess } from '../launcher.config';
import { LauncherError, messageOf } from '../launcher-error';
import { lockDataDir } from '../lock';
import { requireFreePort } from '../ports';
import { say, surviveClosedOutput } from '../say';
import { listenForStop, untilStopped } from '../stop-request';
import { stopInOrder } from './kept-part';
import { Topology, type TopologyInfo } from './topology';

/** What `npm run topology` runs: the parts of a deployment on this machine, until somebody stops it. */
async function main(): Promise<number> {
  surviveClosedOutput();
  try {
    return await runTopology(requireRightSettings(readLauncherProcess(), topologySettings));
  } catch (error) {
    const isKnown = error instanceof LauncherError || error instanceof ConfigError;
    const text = isKnown || !(error instanceof Error) ? messageOf(error) : error.stack;
    process.stderr.write(`kassa: ${text}\n`);
    return 1;
  }
}

async function runTopology(given: LauncherConfig): Promise<number> {
  const stopAsked = listenForStop({ watchParent: given.startedByNpm });
  const dataDir = openDataDir(join(given.dataDir, 'topology'));
  const unlock = lockDataDir(dataDir);
  try {
    await requireFreePort(given.host, given.port);
    const secrets = openDemoSecrets(dataDir);
    return await run(new Topology({ config: { ...given, dataDir }, secrets, say }), stopAsked);
  } finally {
    rmSync(join(dataDir, 'topology.json'), { force: true });
    unlock();
  }
}

/** Not interrupted halfway: a part that is just starting could not be stopped in order. */
async function run(topology: Topology, stopAsked: AbortSignal): Promise<number> {
  let code = 1;
  try {
    const info = await topology.start();
    process.stdout.write(banner(info));
    process.send?.({ topology: info.url });
    say(`Stopping: ${await untilStopped(stopAsked)}`);
    code = 0;
  } catch (error) {
    say(messageOf(error));
  }
  await topology.closeFront();
  return (await stopInOrder([...topology.parts].reverse(), say)) ? code : 1;
}

function banner({ url, sandbox_url, staff_key, parts }: TopologyInfo): string {
  const running = parts.map(({ name, pid }) => `${name} (${pid})`).join(', ');
  return `
  Kassa runs as a deployment would, with simulated gateways. What ends is started again.

    API        ${url}/api   (one address, two processes)
    Simulators ${sandbox_url}
    Staff key  ${staff_key}
    Processes  ${running}

  Ctrl-C stops everything, in order.
`;
}

void main().then((code) => process.exit(code));
