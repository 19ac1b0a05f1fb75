import { findCredential, missingCredential } from './credentials';

describe('the Authorization header', () => {
  it.each(['Bearer kassa_1', 'bearer kassa_1', 'Bearer   kassa_1 '])('is read: %s', (header) => {
    const found = { text: 'kassa_1', isToken: false };
    expect(findCredential(header, 'bearer')).toEqual(found);
    expect(findCredential(header, 'bearer_or_token')).toEqual(found);
  });

  it('may say Token only where the route takes that', () => {
    const found = { text: 'kassa_1', isToken: true };
    expect(findCredential('Token kassa_1', 'bearer_or_token')).toEqual(found);
    expect(findCredential('token kassa_1', 'bearer_or_token')).toEqual(found);
    expect(findCredential('Token kassa_1', 'bearer')).toBeNull();
    expect(missingCredential('Token kassa_1', 'bearer').context.credentials).toBe('absent');
  });

  it.each([
    [undefined, 'absent'],
    ['', 'absent'],
    ['Basic a2Fzc2E6a2Fzc2E=', 'absent'],
    ['Tokenkassa_1', 'absent'],
    ['Token', 'empty'],
    ['Token  ', 'empty'],
    ['Bearer', 'empty'],
    ['Token kassa_1 kassa_2', 'spaced'],
  ])('tells what is wrong with %s', (header, problem) => {
    expect(findCredential(header, 'bearer_or_token')).toBeNull();
    expect(missingCredential(header, 'bearer_or_token').context.credentials).toBe(problem);
  });
});
