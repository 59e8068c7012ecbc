import { on } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { MessageChannel } from 'node:worker_threads';

/** How many frames may wait for the encoder: enough to keep both busy, few enough for the memory. */
const AHEAD = 3;

/** The drawing thread's end: sends raw frames, no faster than they are encoded. */
export class FrameSender {
  private waiting = 0;
  private wake: (() => void) | undefined;

  constructor(private readonly port: MessagePort) {
    port.on('message', () => {
      this.waiting -= 1;
      this.wake?.();
    });
  }

  /** Hands a frame over: the array is not the caller's any more. */
  async send(frame: Uint8Array<ArrayBuffer>): Promise<void> {
    while (this.waiting >= AHEAD)
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    this.waiting += 1;
    this.port.postMessage(frame, [frame.buffer]);
  }

  /** No more frames. */
  end(): void {
    this.port.postMessage(null);
    this.port.close();
  }
}

/** A channel from a drawing thread to an encoder. */
export function frameChannel(): {
  readonly sender: MessagePort;
  readonly frames: (signal: AbortSignal) => AsyncGenerator<Uint8Array>;
} {
  const { port1, port2 } = new MessageChannel();
  return {
    sender: port2,
    frames: async function* (signal) {
      try {
        for await (const [frame] of on(port1, 'message', { signal, close: ['close'] })) {
          if (!(frame instanceof Uint8Array) && !ArrayBuffer.isView(frame)) return;
          yield frame as Uint8Array;
          port1.postMessage('encoded');
        }
      } finally {
        port1.close();
      }
    },
  };
}
