import { describe, expect, it } from '@jest/globals';
import { nextDelayMs } from '../../render-jobs/retry-policy.js';
import { finished } from '../media-provider.conformance.js';
import { type MediaProvider, type MediaRequest, PendingTask } from '../media-provider.js';
import type { ProviderFaultKind } from '../provider-fault.js';
import { type FakeStep, type FakeTasks } from './fake-tasks.fake.js';
import { faultOfPromise } from './vendor-faults.conformance.js';
import type { FakeVendor } from './vendor-server.fake.js';

export interface TaskSubject<Request extends MediaRequest, Made> {
  readonly vendor: () => FakeVendor;
  readonly tasks: () => Pick<FakeTasks<unknown>, 'plan'>;
  readonly make: () => MediaProvider<Request, Made>;
  readonly request: () => Request;
  /** Codes of failed tasks, what we call them and whether the job is tried again. */
  readonly failures: readonly (readonly [code: string, kind: ProviderFaultKind, retried: boolean])[];
  /** What each of the vendor's states is to us, in percent; undefined: it does not tell. */
  readonly progress: readonly (readonly [step: FakeStep, progress: number | undefined])[];
}

/** What a vendor's tasks may come to. For specs only. */
export function itFollowsTasks<Request extends MediaRequest, Made>(
  subject: TaskSubject<Request, Made>,
): void {
  const { vendor, tasks, make, request, failures, progress } = subject;
  const work = { signal: new AbortController().signal };

  async function submitted(...steps: FakeStep[]): Promise<string> {
    tasks().plan(...steps);
    const task = await make().generate(request(), work);
    if (!(task instanceof PendingTask)) throw new Error('no task');
    return task.taskId;
  }
  const poll = (taskId: string): Promise<Made | PendingTask> => make().poll(taskId, request(), work);

  describe('when it looks at a task', () => {
    it.each(progress)('%j is pending', async (step, percent) => {
      const seen = await poll(await submitted(step));
      expect(seen).toBeInstanceOf(PendingTask);
      expect(seen).toMatchObject({ progress: percent });
      if (seen instanceof PendingTask) expect(seen.pollAfterMs).toBeGreaterThanOrEqual(500);
    });

    it.each(failures)('a task that failed with %s', async (code, kind, retried) => {
      const fault = await faultOfPromise(poll(await submitted({ kind: 'failed', code })));
      // A status of success says that the task failed, and not the look at it.
      expect(fault.status).toBe(200);
      expect({ kind: fault.kind, retried: nextDelayMs(fault, 1) !== undefined }).toEqual({ kind, retried });
    });

    it('fetches the result without showing the key', async () => {
      await expect(finished(make(), request(), work)).resolves.toMatchObject({ provider: make().name });
    });

    it.each([403, 404, 410] as const)(
      'an address that ran out (%i) is asked for once more',
      async (status) => {
        const taskId = await submitted({ kind: 'done' });
        vendor().expireNext(status);
        await expect(poll(taskId)).resolves.toMatchObject({ provider: make().name });
      },
    );

    it.each([
      [403, 410],
      [500, 500],
    ] as const)('a result that cannot be had now (%i, %i) may be looked at again', async (first, second) => {
      const taskId = await submitted({ kind: 'done' });
      vendor().expireNext(first, second);
      expect((await faultOfPromise(poll(taskId))).kind).toBe('unavailable');
      vendor().calm();
    });

    it.each([500, 502, 503, 504, 408])('a look that answers %i may be repeated', async (status) => {
      const taskId = await submitted({ kind: 'done' });
      vendor().misbehave({ kind: 'status', status });
      expect((await faultOfPromise(poll(taskId))).kind).toBe('unavailable');
    });

    it.each(['break', 'truncate', 'garbage'] as const)(
      'a look that ends in %s may be repeated',
      async (kind) => {
        const taskId = await submitted({ kind: 'done' });
        vendor().misbehave({ kind });
        expect(await faultOfPromise(poll(taskId))).toMatchObject({ kind: 'unavailable', status: undefined });
      },
    );

    it('a task that nobody knows: rejected', async () => {
      expect((await faultOfPromise(poll('no-such-task'))).kind).toBe('rejected');
    });
  });
}
