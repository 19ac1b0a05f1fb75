import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LAUNCHER = join(__dirname, '../../dist/src/launcher');
const WRONG = {
  LOG_LEVEL: 'verbose',
  JOBS_AT_ONCE: '0',
  OIDC_ISSUER: 'https://login.example.com',
  CORS_ORIGINS: 'https://shop.example.com/',
  PORT: 'many',
  HOST: '192.0.2.7',
  DATABASE_URL: 'postgres://kassa:canary@127.0.0.1:9/kassa?options=-c%20TimeZone%3DJapan',
};

async function run(script: string, settings: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [join(LAUNCHER, script)], {
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, output };
}

describe('the settings of npm start', () => {
  it.each([
    ['the demo', 'main.js'],
    ['a topology', 'topology/main.js'],
  ])(
    'are all judged before anything of %s is started, the ones of the app included',
    async (_, script) => {
      const dataDir = join(tmpdir(), `kassa-settings-${randomBytes(4).toString('hex')}`);
      const { code, output } = await run(script, { ...WRONG, DATA_DIR: dataDir });
      const told = output.match(/^ {2}[A-Z_]+(?= )/gm)?.map((name) => name.trim());
      expect(told?.sort()).toEqual([
        'CORS_ORIGINS',
        'DATABASE_URL',
        'HOST',
        'JOBS_AT_ONCE',
        'LOG_LEVEL',
        'OIDC_AUDIENCE',
        'PORT',
      ]);
      expect(output).toContain('The configuration has 7 problems:');
      expect(output).not.toMatch(/verbose|shop\.example\.com\/|192\.0\.2\.7|canary|Japan|\n +at /);
      expect(code).toBe(1);
      expect(existsSync(dataDir)).toBe(false);
    },
  );
});
