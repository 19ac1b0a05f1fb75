import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeDataDir } from '../../src/launcher/data-dir';
import { startEmbeddedPostgres } from '../../src/launcher/embedded-postgres';
import { findPostgresPackage } from '../../src/launcher/postgres/package';
import { askDoctor } from '../support/doctor';

/** initdb and two starts; a loaded machine takes many times the usual seconds. */
jest.setTimeout(120_000);

describe('the doctor, asked about a database', () => {
  let dataDir: string;

  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'kassa-standby-'));
    // Without the search permission root's data would go to a private folder.
    chmodSync(dataDir, 0o711);
  });
  afterAll(() => removeDataDir(dataDir));

  async function askAboutServer() {
    const server = await startEmbeddedPostgres({ dataDir, log: () => undefined });
    try {
      return await askDoctor({ PORT: '0', DATA_DIR: dataDir, DATABASE_URL: server.url });
    } finally {
      await server.stop();
    }
  }

  it('says that a standby takes no payments, and that a primary does', async () => {
    const primary = await askAboutServer();
    expect(primary.statusOf('database.primary')).toBe('ok');
    writeFileSync(join(dataDir, `pg${findPostgresPackage().major}`, 'standby.signal'), '');
    const standby = await askAboutServer();
    expect(standby.statusOf('database.reachable')).toBe('ok');
    expect(standby.statusOf('database.primary')).toBe('fail');
    expect(standby.messageOf('database.primary')).toMatch(/standby.*no payments/);
  });
});
