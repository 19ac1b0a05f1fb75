import { AppError } from '../../../shared/app-error';
import { type LogFields, Logger } from '../../logging/log';
import { IssuerKeys, KEYS_KEPT_MS } from './issuer-keys';

/** Two of the curve's points, as an issuer publishes its keys. */
const X = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
const key = (kid: string) => ({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', x: X, kid });

class Warnings extends Logger {
  readonly said: LogFields[] = [];
  debug(): void {}
  info(): void {}
  warn(fields: LogFields): void {
    this.said.push(fields);
  }
  error(): void {}
}

describe('the keys of an issuer', () => {
  let nowMs: number;
  let published: readonly string[];
  let isDown: boolean;
  let asked: number;
  let keys: IssuerKeys;
  let log: Warnings;

  beforeEach(() => {
    nowMs = 1_000_000;
    published = ['first'];
    isDown = false;
    asked = 0;
    log = new Warnings();
    keys = new IssuerKeys({
      log,
      nowMs: () => nowMs,
      fetch: () => {
        asked += 1;
        if (isDown) return Promise.reject(new Error('connect ECONNREFUSED'));
        return Promise.resolve({ keys: published.map(key) });
      },
    });
  });

  /** `found`, or the code of what was thrown. */
  async function find(kid: string): Promise<string> {
    try {
      await keys.find({ alg: 'EdDSA', kid }, { payload: '', signature: '' });
      return 'found';
    } catch (error) {
      if (error instanceof AppError) return error.code;
      return error instanceof Error && 'code' in error ? String(error.code) : String(error);
    }
  }

  it('are fetched once, by the first who needs them and for all who ask meanwhile', async () => {
    const found = await Promise.all([find('first'), find('first'), find('first')]);
    expect([...found, await find('first')]).toEqual(['found', 'found', 'found', 'found']);
    expect(asked).toBe(1);
  });

  it('are fetched again at once for a new one', async () => {
    await find('first');
    published = ['first', 'second'];
    nowMs += 6_000;
    expect(await find('second')).toBe('found');
    expect(asked).toBe(2);
  });

  it('are asked for every five seconds at most, however many keys are invented', async () => {
    await find('first');
    nowMs += 6_000;
    const invented = await Promise.all(
      Array.from({ length: 500 }, (_, number) => find(`invented-${number}`)),
    );
    expect(new Set(invented)).toEqual(new Set(['ERR_JWKS_NO_MATCHING_KEY']));
    expect(asked).toBe(2);
    nowMs += 4_000;
    expect(await find('again')).toBe('ERR_JWKS_NO_MATCHING_KEY');
    expect(asked).toBe(2);
  });

  it('are forgotten when the issuer withdraws them, five minutes and one question later', async () => {
    published = ['first', 'second'];
    await find('first');
    published = ['second'];
    nowMs += 5 * 60_000;
    expect(await find('second')).toBe('found');
    expect(await find('first')).toBe('ERR_JWKS_NO_MATCHING_KEY');
    expect(asked).toBe(2);
  });

  it('are used for ten minutes while the issuer is down, and no longer', async () => {
    await find('first');
    isDown = true;
    nowMs += KEYS_KEPT_MS - 1;
    expect(await find('first')).toBe('found');
    nowMs += 1;
    expect(await find('first')).toBe('issuer_unavailable');
  });

  it('cannot be had from an issuer that is down, which is asked again after a pause', async () => {
    isDown = true;
    expect(await Promise.all([find('first'), find('first')])).toEqual([
      'issuer_unavailable',
      'issuer_unavailable',
    ]);
    isDown = false;
    expect(await find('first')).toBe('issuer_unavailable');
    expect(asked).toBe(1);
    nowMs += 5_000;
    expect(await find('first')).toBe('found');
    expect(log.said).toEqual([{ error: 'connect ECONNREFUSED' }]);
  });

  it('cannot be had from an answer without any', async () => {
    published = [];
    expect(await find('first')).toBe('issuer_unavailable');
  });
});
