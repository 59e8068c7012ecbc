import { getEventListeners } from 'node:events';
import { describe, expect, it, jest } from '@jest/globals';
import { TimeLimit } from './time-limit.js';

describe('a time limit', () => {
  it('aborts when its time is over, as a timeout', () => {
    jest.useFakeTimers();
    try {
      const limit = new TimeLimit(50, undefined);
      jest.advanceTimersByTime(49);
      expect(limit.signal.aborted).toBe(false);
      jest.advanceTimersByTime(1);
      expect(limit.signal.reason).toMatchObject({ name: 'TimeoutError' });
    } finally {
      jest.useRealTimers();
    }
  });

  it('aborts with what it lies within, for the same reason, also when that is over already', () => {
    const outer = new AbortController();
    const reason = new Error('gone');
    const before = new TimeLimit(60_000, outer.signal);
    outer.abort(reason);
    expect(before.signal.reason).toBe(reason);
    expect(new TimeLimit(60_000, outer.signal).signal.reason).toBe(reason);
  });

  it('aborts nothing and listens to nobody once the work is over', () => {
    jest.useFakeTimers();
    try {
      const outer = new AbortController();
      const limit = new TimeLimit(50, outer.signal);
      limit.end();
      jest.advanceTimersByTime(100);
      expect(getEventListeners(outer.signal, 'abort')).toHaveLength(0);
      outer.abort();
      expect([limit.signal.aborted, jest.getTimerCount()]).toEqual([false, 0]);
    } finally {
      jest.useRealTimers();
    }
  });
});
