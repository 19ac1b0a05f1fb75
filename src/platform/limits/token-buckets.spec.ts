import { BUCKETS_MAX, type Standing, TokenBuckets } from './token-buckets';

describe('a bucket of tokens', () => {
  let nowMs: number;
  let buckets: TokenBuckets;
  beforeEach(() => {
    nowMs = 5_000_000;
    buckets = new TokenBuckets(60, () => nowMs);
  });

  function takeAll(name: string, times: number): readonly Standing[] {
    return Array.from({ length: times }, () => buckets.take(name));
  }

  it('allows as many requests at once as it promises for a minute, and not one more', () => {
    const standings = takeAll('shop', 61);
    expect(standings.slice(0, 60).every(({ isAllowed }) => isAllowed)).toBe(true);
    expect(standings[0]).toEqual({ isAllowed: true, remaining: 59, nextInS: 0, fullInS: 1 });
    expect(standings[59]).toEqual({ isAllowed: true, remaining: 0, nextInS: 1, fullInS: 60 });
    expect(standings[60]).toEqual({ isAllowed: false, remaining: 0, nextInS: 1, fullInS: 60 });
  });

  it('fills evenly, also while refused requests keep coming', () => {
    takeAll('shop', 60);
    for (let second = 0; second < 5; second += 1) {
      nowMs += 500;
      expect(buckets.take('shop').isAllowed).toBe(false);
      nowMs += 500;
      expect(buckets.take('shop').isAllowed).toBe(true);
    }
    nowMs += 60_000;
    expect(takeAll('shop', 61).filter(({ isAllowed }) => isAllowed)).toHaveLength(60);
  });

  it.each([1, 7, 59, 6_000, 1_000_000])('is exact for %d a minute', (perMinute) => {
    buckets = new TokenBuckets(perMinute, () => nowMs);
    const allowed = takeAll('shop', Math.min(perMinute, 10_000) + 1);
    expect(allowed.filter(({ isAllowed }) => !isAllowed)).toHaveLength(perMinute > 10_000 ? 0 : 1);
    nowMs += 60_000 / perMinute + 0.001;
    expect(buckets.take('shop').isAllowed).toBe(true);
  });

  it('is one of each name: nobody uses up what is another’s', () => {
    takeAll('busy', 61);
    expect(buckets.take('calm')).toMatchObject({ isAllowed: true, remaining: 59 });
  });

  it('takes a token back', () => {
    takeAll('shop', 60);
    buckets.giveBack('shop');
    buckets.giveBack('nobody');
    expect(takeAll('shop', 2).map(({ isAllowed }) => isAllowed)).toEqual([true, false]);
  });

  it('is forgotten rather than the memory filled by 200,000 callers, whoever asked last being kept', () => {
    takeAll('busy', 60);
    let most = 0;
    let slippedThrough = 0;
    for (let caller = 0; caller < 200_000; caller += 1) {
      buckets.take(`caller-${caller}`);
      if (caller % 1_000 === 0 && buckets.take('busy').isAllowed) slippedThrough += 1;
      most = Math.max(most, buckets.size);
    }
    expect(slippedThrough).toBe(0);
    expect(most).toBeLessThanOrEqual(BUCKETS_MAX);
    expect(buckets.take('caller-199999').remaining).toBe(58);
    expect(buckets.take('caller-0').remaining).toBe(59);
  });
});
