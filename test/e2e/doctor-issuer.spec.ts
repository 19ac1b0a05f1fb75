import { type Finding } from '../../scripts/doctor/finding';
import { checkIssuer } from '../../scripts/doctor/issuer';
import { type OidcSettings, readOidc } from '../../src/platform/auth/oidc/oidc.settings';
import { environmentSource } from '../../src/shared/settings-reader';
import { settingsFor } from '../support/app';
import { askDoctor, askProgram } from '../support/doctor';
import {
  type IssuerMood,
  makeSigning,
  type OidcIssuer,
  startOidcIssuer,
} from '../support/oidc-issuer';

/** Nobody listens there; what is looked at here needs neither a database nor a gateway. */
const NOWHERE = 'http://127.0.0.1:9';
const OTHERS = settingsFor('postgres://nobody:none@127.0.0.1:9/none', NOWHERE);

describe('the doctor, asked about the issuer of tokens', () => {
  let issuer: OidcIssuer;
  let settings: Record<string, string>;

  beforeEach(async () => {
    issuer = await startOidcIssuer();
    settings = { OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: 'https://pay.example.com' };
  });
  afterEach(() => issuer?.close());

  async function examine(changes: Readonly<Record<string, string>> = {}): Promise<Finding> {
    const found: Finding[] = [];
    const issuers = [readSettings({ ...settings, ...changes })];
    for (const { run } of checkIssuer({ issuers })) await run((finding) => found.push(finding));
    const [finding] = found;
    if (finding === undefined || found.length > 1) throw new Error(`${found.length} findings`);
    return finding;
  }

  it('names the algorithms for which there are keys', async () => {
    const others = [await makeSigning('second', 'ES256'), await makeSigning('third', 'ES256')];
    issuer.published = [...issuer.published, ...others];
    const finding = await examine();
    expect(finding).toMatchObject({ check: 'issuer', status: 'ok', cure: null });
    expect(finding.message).toBe('It publishes keys for RS256, ES256.');
  });

  it('says that no key fits the algorithms, and which setting to change', async () => {
    const finding = await examine({ OIDC_ALGORITHMS: 'ES256,EdDSA' });
    expect(finding.status).toBe('fail');
    expect(finding.message).toBe('None of its keys (1) is for ES256, EdDSA.');
    expect(finding.cure).toContain('OIDC_ALGORITHMS');
  });

  it.each<readonly [IssuerMood, string]>([
    ['down', 'it answered with status 500.'],
    ['lying', 'the discovery page names another issuer than OIDC_ISSUER.'],
    ['redirecting', 'it answered with status 302.'],
    ['huge', 'there was no answer to use (ERR_BAD_RESPONSE).'],
  ])('says why its keys cannot be had: %s', async (mood, reason) => {
    issuer.mood = mood;
    const finding = await examine();
    expect(finding).toMatchObject({
      status: 'fail',
      message: `Its keys cannot be had: ${reason}`,
    });
    expect(finding.cure).toContain('OIDC_ISSUER');
  });

  it('says that it publishes none, or that nobody is there', async () => {
    issuer.published = [];
    expect((await examine()).message).toBe('It publishes no keys.');
    expect((await examine({ OIDC_JWKS_URL: `${NOWHERE}/keys` })).message).toContain('ECONNREFUSED');
  });

  it('finds it in a whole report: what is wrong there has to be put right', async () => {
    issuer.mood = 'down';
    const { code, statusOf, failures } = await askProgram({ ...OTHERS, ...settings });
    expect(statusOf('issuer')).toBe('fail');
    expect(failures).toContain('issuer');
    expect(code).toBe(2);
  });

  it('looks at none where none is set, and says so where its settings are wrong', async () => {
    expect((await askDoctor(OTHERS)).statusOf('issuer')).toBeUndefined();
    const { statusOf, messageOf } = await askDoctor({ ...OTHERS, OIDC_ISSUER: issuer.url });
    expect(statusOf('issuer')).toBe('skipped');
    expect(messageOf('settings')).toContain('OIDC_AUDIENCE');
    expect(issuer.asked()).toBe(0);
  });
});

function readSettings(values: Readonly<Record<string, string>>): OidcSettings {
  const problems: never[] = [];
  const read = readOidc({ source: environmentSource(values, () => ''), problems });
  if (read === null) throw new Error('these settings are wrong');
  return read;
}
