import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { readConfig } from '../../../src/config';
import { listAt, objectAt, parseJson, textAt, valueAt } from '../../../src/shared/json';
import { environmentSource } from '../../../src/shared/settings-reader';
import { environmentOf, readCompose, type Service, textsOf } from './compose';
import { copiedFrom, isCompiled, isInContext, namesSetBy, readDockerfile } from './dockerfile';

const ROOT = join(__dirname, '../../..');
const SECRET_NAME = /PASSWORD|SECRET|TOKEN|KEY|CREDENTIAL|DATABASE_URL/;
/** What an operator writes into .env. */
const GIVEN = { PAYPAL__CLIENT_ID: 'a-client' };
const DRAIN_S = 25;

const stages = readDockerfile();
const last = stages.at(-1);
const { services, secrets } = readCompose();
const ours = services.filter(({ isBuilt }) => isBuilt);
const programs = ours.filter(({ environment }) => environment.has('DATABASE_URL_FILE'));

function filesNamedIn(command: readonly string[]): readonly string[] {
  return command.filter((word) => word.endsWith('.js'));
}

function filesBelow(folder: string): readonly string[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return names.map((name) => join(folder, name));
}

function secondsOf(text: string | null): number {
  return Number(/^(\d+)s$/.exec(text ?? '')?.[1] ?? Number.NaN);
}

describe('the image', () => {
  it('is built on images that name their version to the last digit', () => {
    for (const { image } of stages) expect(image).toMatch(/^node:\d+\.\d+\.\d+-\w+-slim$/);
  });

  it('runs as somebody who owns nothing of the program, and nothing is installed after that', () => {
    const words = (last?.instructions ?? []).map(({ word, rest }) => `${word} ${rest}`);
    const user = words.findIndex((line) => line.startsWith('USER '));
    expect(words[user]).toBe('USER node');
    expect(words.slice(user).filter((line) => /^(RUN|COPY|ADD|USER) /.test(line))).toEqual([
      'USER node',
    ]);
    expect(words.filter((line) => line.includes('--chown'))).toEqual([]);
  });

  it('is given no secret', () => {
    const names = stages.flatMap(({ instructions }) => instructions.flatMap(namesSetBy));
    expect(names.filter((name) => SECRET_NAME.test(name))).toEqual([]);
    expect(isInContext('.env')).toBe(false);
    expect(isInContext('.kassa')).toBe(false);
  });

  it('copies what is there, from stages that there are', () => {
    const all = stages.flatMap(({ instructions }) => instructions);
    const paths = all.flatMap(copiedFrom);
    expect(paths.length).toBeGreaterThan(3);
    expect(paths.filter((path) => !isInContext(path))).toEqual([]);
    const from = all.flatMap(({ rest }) => /--from=(\S+)/.exec(rest)?.[1] ?? []);
    const names = stages.map(({ name }) => name);
    expect(from.filter((name) => !names.includes(name))).toEqual([]);
  });

  it('starts a program that it holds, and looks at an address that there is', () => {
    const command = (last?.instructions ?? []).find(({ word }) => word === 'CMD');
    const files = filesNamedIn(textsOf(parseJson(command?.rest ?? '')));
    expect(files.map((file) => [file, isCompiled(file)])).toEqual([['dist/src/main.js', true]]);
    const health = (last?.instructions ?? []).find(({ word }) => word === 'HEALTHCHECK');
    const document = parseJson(readFileSync(join(ROOT, 'docs/openapi.json'), 'utf8'));
    expect(health?.rest).toContain('/health/ready');
    expect(valueAt(document, 'paths', '/health/ready')).toBeDefined();
  });

  it('holds every package that its programs import', () => {
    const manifest = parseJson(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const installed = Object.keys(objectAt(manifest, 'dependencies'));
    const optional = Object.keys(objectAt(manifest, 'optionalDependencies'));
    const folders = ['src', 'scripts/doctor', 'scripts/keys'].flatMap(filesBelow);
    const imported = [...folders, 'scripts/doctor.ts', 'scripts/keys.ts'].filter(
      (path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'),
    );
    const packages = imported.flatMap((path) =>
      [
        ...readFileSync(join(ROOT, path), 'utf8').matchAll(
          /^(?:import|export) (?!type )[^;]*?from '([^'.][^']*)'/gm,
        ),
      ].map(([, name = '']) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
    );
    const missing = [...new Set(packages)].filter(
      (name) =>
        !name.startsWith('node:') &&
        !builtinModules.includes(name) &&
        ![...installed, ...optional].includes(name),
    );
    expect(missing).toEqual([]);
  });
});

describe('docker-compose.yml', () => {
  it('has a database, an API, a worker, and gateways for those who ask for them', () => {
    const names = services.map(({ name, all }) => [name, textsOf(valueAt(all, 'profiles'))]);
    expect(Object.fromEntries(names)).toEqual({
      postgres: [],
      api: [],
      worker: [],
      sandbox: ['sandbox'],
    });
  });

  it.each(services)(
    'gives $name nothing that it does not need',
    ({ all, ports, image, isBuilt }) => {
      expect(valueAt(all, 'read_only')).toBe(true);
      expect(valueAt(all, 'cap_drop')).toEqual(['ALL']);
      expect(valueAt(all, 'security_opt')).toEqual(['no-new-privileges:true']);
      expect(valueAt(all, 'privileged')).toBeUndefined();
      expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
      if (!isBuilt) expect(image).toMatch(/:\d+\.\d+/);
    },
  );

  it.each(services)('knows whether $name is well, and starts it again', ({ all }) => {
    const test = listAt(all, 'healthcheck', 'test');
    expect(test.length).toBeGreaterThan(1);
    for (const name of ['interval', 'timeout', 'start_period']) {
      expect(secondsOf(textAt(all, 'healthcheck', name))).toBeGreaterThan(0);
    }
    expect(valueAt(all, 'restart')).toBe('unless-stopped');
  });

  it.each(ours)('starts a program of ours as $name', ({ command }) => {
    const files = filesNamedIn(command);
    expect(files).toHaveLength(1);
    expect(files.filter((file) => !isCompiled(file))).toEqual([]);
  });

  it('looks at the port that each program listens on', () => {
    const looked = (service?: Service) => String(valueAt(service?.all, 'healthcheck', 'test'));
    const named = (name: string) => services.find((one) => one.name === name);
    const worker = named('worker');
    expect(looked(worker)).toContain(`:${worker?.environment.get('METRICS_PORT')}/health/ready`);
    const sandbox = named('sandbox');
    expect(looked(sandbox)).toContain(`:${sandbox?.environment.get('SANDBOX_PORT')}/_sandbox/`);
    const api = named('api');
    expect(looked(api)).toContain(':3000/health/ready');
    expect(api?.ports).toEqual(['127.0.0.1:3000:3000']);
  });

  it.each(programs)('gives $name settings that it starts with', (service) => {
    const read = (path: string) => contentOf(service, path);
    const environment = environmentOf(service, GIVEN);
    expect(() => readConfig(environmentSource(environment, read))).not.toThrow();
  });

  it.each(ours)('names nothing for $name that is no setting', ({ environment }) => {
    const known = ['.env.example', 'src/sandbox/sandbox.config.ts'].map((path) =>
      readFileSync(join(ROOT, path), 'utf8'),
    );
    const names = [...environment.keys()].map((name) => name.replace(/_FILE$/, ''));
    const isKnown = (name: string) =>
      known.some((text) => new RegExp(`(^(# )?${name}=|'${name}(_FILE)?')`, 'm').test(text));
    expect(names.filter((name) => !isKnown(name))).toEqual([]);
  });

  it('stops with what is missing in .env', () => {
    const [service] = programs;
    if (!service) throw new Error('there is no program');
    expect(() => environmentOf(service, {})).toThrow('PAYPAL__CLIENT_ID');
  });

  it.each(services)('hands $name its secrets as files from outside of the checkout', (service) => {
    const plain = [...service.environment].filter(
      ([name, text]) => SECRET_NAME.test(name) && !name.endsWith('_FILE') && text !== null,
    );
    // The simulators' own, which open nothing else.
    expect(plain.filter(([name]) => !name.startsWith('SANDBOX_'))).toEqual([]);
    for (const name of service.secrets) expect(secrets.get(name)).toMatch(/^\.\.\/kassa-secrets\//);
    for (const text of service.environment.values()) {
      const named = /^\/run\/secrets\/(.*)$/.exec(text ?? '')?.[1];
      if (named !== undefined) expect(service.secrets).toContain(named);
    }
  });

  it.each(programs)('gives $name longer to end than it takes for what is under way', ({ all }) => {
    const source = readFileSync(join(ROOT, 'src/run-process.ts'), 'utf8');
    expect(source).toContain(`DRAIN_TIMEOUT_MS = ${DRAIN_S}_000`);
    expect(secondsOf(textAt(all, 'stop_grace_period'))).toBeGreaterThan(DRAIN_S);
  });
});

/** A secret as an operator would write it; only files that the service was given can be read. */
function contentOf({ secrets: given }: Service, path: string): string {
  const name = path.replace('/run/secrets/', '');
  if (!given.includes(name) || existsSync(path)) throw new Error(`${path} is not handed over`);
  return name === 'database_url' ? 'postgres://kassa:secret@postgres:5432/kassa' : 'a-secret-value';
}
