import { ATTEMPTS_MAX, pauseAfter, RETRY_AFTER_MAX_S } from './retry-schedule';

const after = (attempts: number, retryAfterS: number | null = null, chance = 0) =>
  pauseAfter({ attempts, retryAfterS, chance });

describe('the pause before a webhook is sent again', () => {
  it('grows from seconds to a day and ends after ten attempts', () => {
    const pauses = Array.from({ length: ATTEMPTS_MAX }, (_, n) => after(n + 1));
    expect(pauses).toEqual([5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400, null]);
    expect(ATTEMPTS_MAX).toBe(10);
  });

  it('adds up to three days, give or take some hours', () => {
    const total = Array.from({ length: ATTEMPTS_MAX }, (_, n) => after(n + 1) ?? 0);
    const hours = total.reduce((sum, pause) => sum + pause, 0) / 3600;
    expect(hours).toBeGreaterThan(60);
    expect(hours).toBeLessThan(84);
  });

  it('is stretched by chance, by a tenth at most and never shortened', () => {
    expect(after(2, null, 0)).toBe(300);
    expect(after(2, null, 0.5)).toBe(315);
    expect(after(2, null, 0.999)).toBe(330);
  });

  it('is as long as the receiver asks for, where that is longer', () => {
    expect(after(1, 60)).toBe(60);
    expect(after(2, 60)).toBe(300);
  });

  it('is never longer than a day, whatever the receiver asks for', () => {
    expect(after(1, 10 * RETRY_AFTER_MAX_S)).toBe(RETRY_AFTER_MAX_S);
  });

  it('does not come back because the receiver asks for it', () => {
    expect(after(ATTEMPTS_MAX, 60)).toBeNull();
  });
});
