import { toAppError } from './problem';

/** As `pg` throws it. */
function failed(code: string): Error {
  return Object.assign(new Error(`as if ${code}`), { code });
}

describe('a database', () => {
  it.each([
    ['refuses connections', 'ECONNREFUSED'],
    ['has a name that nobody knows', 'ENOTFOUND'],
    ['has a name that cannot be looked up right now', 'EAI_AGAIN'],
    ['is on a machine that nothing leads to', 'EHOSTUNREACH'],
    ['is in a network that nothing leads to', 'ENETUNREACH'],
    ['became a standby, which only reads', '25006'],
  ])('that %s is away for a moment, and no defect of ours', (_, code) => {
    const { code: told, definition, context } = toAppError(failed(code));
    expect([told, definition.status]).toEqual(['database_unavailable', 503]);
    expect(context.retryAfterS).toBeGreaterThan(0);
  });

  it('that refuses a statement of ours is a defect of ours', () => {
    expect(toAppError(failed('42703')).code).toBe('internal_error');
  });
});
