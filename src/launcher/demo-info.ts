import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeJsonAtomically } from './files';

/** The ids of the demo's two customers, each seen by one of the two user keys. */
export interface DemoCustomers {
  readonly user: string;
  readonly other_user: string;
}

/** What a script needs to use a running demo; the content of `demo.json`. */
export interface DemoInfo {
  readonly api_url: string;
  readonly docs_url: string;
  readonly shop_url: string;
  readonly sandbox_url: string;
  readonly staff_key: string;
  readonly user_key: string;
  readonly other_user_key: string;
  readonly customers: DemoCustomers;
}

function pathOf(dataDir: string): string {
  return join(dataDir, 'demo.json');
}

/** Its presence means that the demo is ready, so it is written last and removed first. */
export function writeDemoInfo(dataDir: string, info: DemoInfo): void {
  writeJsonAtomically(pathOf(dataDir), info);
}

export function removeDemoInfo(dataDir: string): void {
  rmSync(pathOf(dataDir), { force: true });
}
