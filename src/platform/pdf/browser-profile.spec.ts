import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeProfile, removeLeftProfiles } from './browser-profile';

describe('the profile of a browser', () => {
  let parent: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'kassa-test-profiles-'));
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  const pidOf = (command: string) => spawnSync(process.execPath, ['-e', command]).pid;
  const ended = () => `${hostname()} ${pidOf('')} 1700000000000`;

  function profile(owner: string | null, name = 'kassa-browser-abc'): string {
    const folder = join(parent, name);
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(join(folder, 'Preferences'), '{}');
    if (owner !== null) writeFileSync(join(folder, 'owner'), owner);
    return folder;
  }

  const staysAfterSweep = (folder: string): boolean => {
    removeLeftProfiles(parent);
    return existsSync(folder);
  };

  it('goes when the program that made it was killed', () => {
    expect(staysAfterSweep(profile(ended()))).toBe(false);
  });

  it('goes when the program was one of the same number, as in a container that was restarted', () => {
    expect(staysAfterSweep(profile(`${hostname()} ${process.pid} 1700000000000`))).toBe(false);
  });

  it('stays while its program runs', () => {
    expect(staysAfterSweep(makeProfile(parent))).toBe(true);
    expect(staysAfterSweep(profile(`${hostname()} ${process.ppid} 1700000000000`))).toBe(true);
  });

  it.each([
    ['of another host, whose processes nobody sees here', 'elsewhere 999999999 1700000000000'],
    ['without an owner, which is being made', null],
    ['with an owner that says nothing', 'nonsense'],
    ['of a number that is none', `${hostname()} -1 1700000000000`],
  ])('stays when it is one %s', (_, owner) => {
    expect(staysAfterSweep(profile(owner))).toBe(true);
  });

  it('stays when others may enter it, and so does every other folder', () => {
    const open = profile(ended());
    chmodSync(open, 0o755);
    expect(staysAfterSweep(open)).toBe(true);
    expect(staysAfterSweep(profile(ended(), 'somebody-elses'))).toBe(true);
  });

  it('is looked for in vain where the folder cannot be read', () => {
    expect(() => removeLeftProfiles(join(parent, 'nowhere'))).not.toThrow();
  });
});
