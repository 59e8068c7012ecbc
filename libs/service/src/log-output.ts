import { destination, type DestinationStream } from 'pino';

const BUFFER_BYTES = 8_192;
const FLUSH_EVERY_MS = 200;

/** Standard output in blocks: one write per request would cost as much as the request itself. Loses nothing at exit. */
export function bufferedOutput(): DestinationStream {
  const output = destination({ dest: 1, sync: false, minLength: BUFFER_BYTES });
  setInterval(() => output.flush(), FLUSH_EVERY_MS).unref();
  process.on('exit', () => {
    try {
      output.flushSync();
    } catch {
      // Standard output is gone: there is nobody left to tell.
    }
  });
  return output;
}
