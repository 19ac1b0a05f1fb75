import { environmentSource, type SettingProblem } from '../../../shared/settings-reader';
import { isSecure, readOidc } from './oidc.settings';

const COMPLETE = {
  OIDC_ISSUER: 'https://login.example.com/realms/shop/',
  OIDC_AUDIENCE: 'https://pay.example.com',
};

function read(settings: Readonly<Record<string, string>>) {
  const problems: SettingProblem[] = [];
  const oidc = readOidc({ source: environmentSource(settings, () => ''), problems });
  return { oidc, wrong: problems.map(({ name }) => name) };
}

describe('the settings of an issuer', () => {
  it('need not be there', () => {
    expect(read({})).toEqual({ oidc: null, wrong: [] });
  });

  it('are an issuer, letter by letter, and an audience', () => {
    expect(read(COMPLETE)).toMatchObject({
      wrong: [],
      oidc: {
        ISSUER: 'https://login.example.com/realms/shop/',
        ALGORITHMS: ['RS256', 'PS256', 'ES256', 'EdDSA'],
        CLOCK_TOLERANCE_S: 30,
      },
    });
  });

  it.each(['none', 'HS256', 'RS256,HS512', 'rs256', '', 'RS256,'])(
    'take no algorithm that whoever checks a token could sign with, nor an unknown one: "%s"',
    (OIDC_ALGORITHMS) => {
      expect(read({ ...COMPLETE, OIDC_ALGORITHMS }).wrong).toEqual(['OIDC_ALGORITHMS']);
    },
  );

  it('belong together', () => {
    expect(read({ OIDC_AUDIENCE: 'x' }).wrong).toEqual(['OIDC_ISSUER']);
    expect(read({ OIDC_ISSUER: COMPLETE.OIDC_ISSUER }).wrong).toEqual(['OIDC_AUDIENCE']);
    expect(read({ ...COMPLETE, OIDC_ROLE_CLAIM: 'roles' }).wrong).toEqual(['OIDC_STAFF_ROLE']);
    expect(read({ ...COMPLETE, OIDC_STAFF_ROLE: 'staff' }).wrong).toEqual(['OIDC_ROLE_CLAIM']);
  });

  it('are all told when they are wrong, each once, misspelt ones too', () => {
    const wrong = {
      OIDC_ISSUER: 'http://login.example.com',
      OIDC_JWKS_URL: 'keys',
      OIDC_CLOCK_TOLERANCE_S: '-1',
      OIDC_ROLES_CLAIM: 'roles',
    };
    expect(read(wrong).wrong.sort()).toEqual([
      'OIDC_AUDIENCE',
      'OIDC_CLOCK_TOLERANCE_S',
      'OIDC_ISSUER',
      'OIDC_JWKS_URL',
      'OIDC_ROLES_CLAIM',
    ]);
  });

  it.each([
    ['https://login.example.com', true],
    ['http://127.0.0.1:8080/realms/shop', true],
    ['http://[::1]:8080', true],
    ['http://login.example.com', false],
    ['http://localhost.example.com', false],
    ['https://login.example.com/?realm=shop', false],
    ['https://me:secret@login.example.com', false],
    ['file:///keys.json', false],
    ['login.example.com', false],
  ])('lead to %s: %s', (url, expected) => {
    expect(isSecure(url)).toBe(expected);
  });
});
