import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askDoctor } from '../support/doctor';

const DEMO = { PORT: '0', DATA_DIR: join(tmpdir(), `doctor-${randomBytes(4).toString('hex')}`) };

describe('the doctor, where the demo would start', () => {
  it('names every setting that the app would refuse, as the start does', async () => {
    const { code, body, statusOf, messageOf } = await askDoctor({
      ...DEMO,
      LOG_LEVEL: 'verbose',
      JOBS_AT_ONCE: '0',
      OIDC_ISSUER: 'https://login.example.com',
      CORS_ORIGINS: 'https://shop.example.com/',
    });
    expect(code).toBe(2);
    expect(body).toMatchObject({ mode: 'demo' });
    expect(statusOf('settings')).toBe('fail');
    const names = messageOf('settings').match(/^[A-Z_]+/gm);
    expect(names?.sort()).toEqual(['CORS_ORIGINS', 'JOBS_AT_ONCE', 'LOG_LEVEL', 'OIDC_AUDIENCE']);
  });

  it('tells its own settings and those of the app at once, each once', async () => {
    const { messageOf, statusOf } = await askDoctor({
      PORT: 'many',
      HOST: '192.0.2.7',
      DATA_DIR: '',
      DATABASE_URL: 'postgres://kassa@localhost/kassa?options=-c%20TimeZone%3DJapan',
      LOG_LEVEL: 'verbose',
    });
    const names = messageOf('settings').match(/^[A-Z_]+/gm);
    expect(names?.sort()).toEqual(['DATABASE_URL', 'DATA_DIR', 'HOST', 'LOG_LEVEL', 'PORT']);
    expect(messageOf('settings')).not.toMatch(/192\.0\.2\.7|Japan|many|verbose/);
    expect(statusOf('data_dir')).toBe('skipped');
  });

  it('leaves out what the demo sets itself, whatever the environment says', async () => {
    const { statusOf } = await askDoctor({ ...DEMO, DEMO: 'perhaps', COMPAT_CURRENCY: 'beads' });
    expect(statusOf('settings')).toBe('ok');
  });

  it('says that the demo is for this machine only', async () => {
    const { messageOf, statusOf } = await askDoctor({ ...DEMO, HOST: '0.0.0.0' });
    expect(messageOf('settings')).toMatch(/^HOST must be an address of this machine alone/);
    expect(statusOf('port')).toBe('skipped');
  });
});
