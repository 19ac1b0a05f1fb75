/** See test/support/plain-environment.js. */
describe('the global object that tests run with', () => {
  it.each(['Promise', 'Error', 'URL', 'AbortSignal', 'TextEncoder', 'structuredClone', 'fetch'])(
    'holds %s itself from the second look on',
    (name) => {
      const first: unknown = Reflect.get(globalThis, name);
      expect(typeof first).toBe('function');
      expect(Object.getOwnPropertyDescriptor(globalThis, name)).toMatchObject({ value: first });
    },
  );

  it.each(['fetch', 'performance'])('takes another %s and gives the real one back', (name) => {
    const real: unknown = Reflect.get(globalThis, name);
    const stub = {};
    Reflect.set(globalThis, name, stub);
    expect(Reflect.get(globalThis, name)).toBe(stub);
    Reflect.set(globalThis, name, real);
    expect(Reflect.get(globalThis, name)).toBe(real);
  });

  it('shares bytes with the modules of Node', () => {
    expect(Buffer.from('x')).toBeInstanceOf(Uint8Array);
    expect(new TextEncoder().encode('x')).toBeInstanceOf(Uint8Array);
  });

  it('has the symbols that Node adds to those of the language', () => {
    expect(typeof Symbol.asyncDispose).toBe('symbol');
    expect(typeof Symbol.dispose).toBe('symbol');
  });

  it('keeps stacks that are deep enough to name a test', () => {
    expect(Error.stackTraceLimit).toBe(100);
  });

  it('is the one whose clock is faked, and whose promises mocks make', async () => {
    jest.useFakeTimers({ now: 0 });
    try {
      let hasRung = false;
      setTimeout(() => (hasRung = true), 60_000);
      jest.advanceTimersByTime(60_000);
      expect([Date.now(), hasRung]).toEqual([60_000, true]);
    } finally {
      jest.useRealTimers();
    }
    expect(Date.now()).toBeGreaterThan(60_000);
    const mocked = jest.fn<Promise<string>, []>().mockResolvedValue('done');
    expect(mocked()).toBeInstanceOf(Promise);
    expect(await mocked()).toBe('done');
  });
});
