import { isAccessToken, roleOf, subjectOf } from './token-claims';

describe('the subject of a token', () => {
  it.each(['1', 'auth0|5f7c', 'CN=Walter Sobchak', 'a'.repeat(255)])('is its sub: %s', (sub) => {
    expect(subjectOf({ sub })).toBe(`oidc:${sub}`);
  });

  it.each([
    undefined,
    null,
    '',
    7,
    ['a'],
    {},
    ' a',
    'a ',
    'a\nb',
    'a\u0000',
    'žofie',
    'wаlter',
    'a\u202eb',
    'a'.repeat(256),
  ])('is none where it cannot be told apart: %j', (sub) => {
    expect(subjectOf({ sub })).toBeNull();
  });
});

describe('the type of a token', () => {
  it.each([undefined, 'JWT', 'jwt', 'at+jwt', 'application/at+jwt'])('may be %s', (typ) => {
    expect(isAccessToken({ typ })).toBe(true);
  });

  it.each(['', 'logout+jwt', 'dpop+jwt', 'secevent+jwt', 'JOSE', 7, null])(
    'may not be %s',
    (typ) => {
      expect(isAccessToken({ typ })).toBe(false);
    },
  );
});

describe('the role of a token', () => {
  const inRealm = { ROLE_CLAIM: 'realm_access.roles', STAFF_ROLE: 'staff' };

  it.each([
    [{ realm_access: { roles: ['offline_access', 'staff'] } }, 'staff'],
    [{ realm_access: { roles: ['staffer'] } }, 'user'],
    [{ realm_access: { roles: 'staff' } }, 'staff'],
    [{ realm_access: { roles: 'read staff' } }, 'staff'],
    [{ realm_access: { roles: 'read-staff' } }, 'user'],
    [{ realm_access: { roles: { staff: true } } }, 'user'],
    [{ realm_access: { roles: [['staff']] } }, 'user'],
    [{ realm_access: { roles: null } }, 'user'],
    [{ realm_access: 'staff' }, 'user'],
    [{ roles: ['staff'] }, 'user'],
    [{}, 'user'],
  ])('is found in %j: %s', (claims, role) => {
    expect(roleOf(claims, inRealm)).toBe(role);
  });

  it('is found in a claim whose name holds dots', () => {
    const ROLE_CLAIM = 'https://shop.example/roles';
    const claims = { [ROLE_CLAIM]: ['staff'] };
    expect(roleOf(claims, { ROLE_CLAIM, STAFF_ROLE: 'staff' })).toBe('staff');
  });

  it('is nothing that every object has', () => {
    const named = { ROLE_CLAIM: 'constructor.name', STAFF_ROLE: 'Object' };
    expect(roleOf({}, named)).toBe('user');
  });

  it('is user for everybody where no claim is named', () => {
    expect(roleOf({ role: 'staff' }, { ROLE_CLAIM: null, STAFF_ROLE: null })).toBe('user');
  });
});
