import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { RenderedAnswer, Streamed, type StreamEvent } from '@eventzr/http';
import { currentOperation, type OperationScope } from './operation-scope.js';
import { heldWhileStreaming, replayedStream } from './streams.js';

const OPERATION: OperationScope = {
  claim: { operationId: randomUUID(), fence: randomUUID(), attempt: 1, keyed: true, resumed: false },
  tenantId: randomUUID(),
  scope: undefined,
  answers: () => { throw new Error('not asked for'); },
  finished: false,
  finishing: false,
}; // prettier-ignore

class Watched {
  readonly log: string[] = [];

  async *events(): AsyncGenerator<StreamEvent> {
    try {
      yield { data: await Promise.resolve(currentOperation().claim.operationId) };
      yield { data: 2 };
    } finally {
      this.log.push(`closed in ${currentOperation().claim.operationId}`);
    }
  }

  held(): AsyncIterator<StreamEvent> {
    const release = (): Promise<void> => Promise.resolve(void this.log.push('released'));
    return heldWhileStreaming(new Streamed(this.events()), OPERATION, release).events[Symbol.asyncIterator]();
  }
}

describe('a stream of an operation', () => {
  const { operationId } = OPERATION.claim;

  it('works inside the operation and releases its claim at the end', async () => {
    const watched = new Watched();
    const iterator = watched.held();
    expect(await iterator.next()).toEqual({ done: false, value: { data: operationId } });
    await iterator.next();
    expect(watched.log).toEqual([]);
    await iterator.next();
    expect(watched.log).toEqual([`closed in ${operationId}`, 'released']);
  });

  it('is closed inside the operation, then released, when the caller goes away', async () => {
    const watched = new Watched();
    const iterator = watched.held();
    await iterator.next();
    await iterator.return?.();
    expect(watched.log).toEqual([`closed in ${operationId}`, 'released']);
  });

  it('is released when the caller goes away before it began', async () => {
    const watched = new Watched();
    await watched.held().return?.();
    expect(watched.log).toEqual(['released']);
  });

  it('is replayed from the stored answer, marked as such', async () => {
    const answer = new RenderedAnswer(200, '{"data":{"text":"hello"},"error":null}', {});
    const replay = replayedStream(answer, (data) => [{ event: 'delta', data }]);
    const events: StreamEvent[] = [];
    for await (const event of replay.events) events.push(event);
    expect(events).toEqual([{ event: 'delta', data: { text: 'hello' } }]);
    const raw = replayedStream(new RenderedAnswer(200, '{"text":"hello"}', {}), (data) => [{ data }], true);
    for await (const { data } of raw.events) expect(data).toEqual({ text: 'hello' });
    expect(replay.options.headers).toEqual({ 'idempotency-replayed': 'true' });
  });
});
