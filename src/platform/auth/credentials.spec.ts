import { AppError } from '../../shared/app-error';
import { readKey, type Schemes } from './credentials';

function problemOf(header: string | undefined, schemes: Schemes): string | undefined {
  try {
    readKey(header, schemes);
  } catch (error) {
    if (error instanceof AppError) return error.context.credentials;
    throw error;
  }
  throw new Error('a key was found');
}

describe('the Authorization header', () => {
  it.each(['Bearer kassa_1', 'bearer kassa_1', 'Bearer   kassa_1 '])('is read: %s', (header) => {
    expect(readKey(header, 'bearer')).toBe('kassa_1');
    expect(readKey(header, 'bearer_or_token')).toBe('kassa_1');
  });

  it('may say Token only where the route takes that', () => {
    expect(readKey('Token kassa_1', 'bearer_or_token')).toBe('kassa_1');
    expect(readKey('token kassa_1', 'bearer_or_token')).toBe('kassa_1');
    expect(problemOf('Token kassa_1', 'bearer')).toBe('absent');
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
    expect(problemOf(header, 'bearer_or_token')).toBe(problem);
  });
});
