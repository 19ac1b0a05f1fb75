import { EventEmitter } from 'node:events';
import { JobsInHand } from './jobs-in-hand';

function workersWith(...ids: readonly string[]) {
  const events = new EventEmitter();
  const inHand = new JobsInHand(events);
  const tell = (event: 'job:start' | 'job:complete', id: string): void => {
    events.emit(event, { job: { id } });
  };
  for (const id of ids) tell('job:start', id);
  return { inHand, tell };
}

describe("a job that is marked as one of our workers'", () => {
  it('is not lost however long they work on it', () => {
    const { inHand } = workersWith('1');
    expect(inHand.lostOf(['1'], 0)).toEqual([]);
    expect(inHand.lostOf(['1'], 600_000)).toEqual([]);
  });

  it('is lost when nobody knew of it for longer than a report may take', () => {
    const { inHand } = workersWith('1');
    expect(inHand.lostOf(['1', '2'], 0)).toEqual([]);
    expect(inHand.lostOf(['1', '2'], 11_000)).toEqual([]);
    expect(inHand.lostOf(['1', '2'], 12_000)).toEqual(['2']);
  });

  it('is not lost while it is reported, which begins with the end of the work', () => {
    const { inHand, tell } = workersWith('1');
    expect(inHand.lostOf(['1'], 0)).toEqual([]);
    tell('job:complete', '1');
    expect(inHand.lostOf(['1'], 60_000)).toEqual([]);
    expect(inHand.lostOf(['1'], 71_000)).toEqual([]);
    expect(inHand.lostOf([], 72_000)).toEqual([]);
  });

  it('is not lost when it arrived at last, or is handed out again', () => {
    const { inHand, tell } = workersWith();
    expect(inHand.lostOf(['1'], 0)).toEqual([]);
    tell('job:start', '1');
    expect(inHand.lostOf(['1'], 20_000)).toEqual([]);
    tell('job:complete', '1');
    expect(inHand.lostOf(['1'], 21_000)).toEqual([]);
  });

  it('is not lost while it is worked on twice, as when another process had freed it', () => {
    const { inHand, tell } = workersWith('1', '1');
    tell('job:complete', '1');
    expect(inHand.isEmpty).toBe(false);
    expect(inHand.lostOf(['1'], 0)).toEqual([]);
    expect(inHand.lostOf(['1'], 60_000)).toEqual([]);
    tell('job:complete', '1');
    expect(inHand.isEmpty).toBe(true);
  });
});
