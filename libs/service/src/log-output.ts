import { destination, type DestinationStream } from 'pino';

const BLOCK_CHARACTERS = 8_192;
const FLUSH_EVERY_MS = 200;

/** Standard output in blocks: one write per request would cost as much as the request itself. Loses nothing at exit. */
export function bufferedOutput(): DestinationStream {
  const output = destination({ dest: 1, sync: false });
  // Joined here: the stream under it measures every piece that it is handed.
  let block = '';
  const pass = (): void => {
    if (block === '') return;
    output.write(block);
    block = '';
  };
  setInterval(pass, FLUSH_EVERY_MS).unref();
  process.on('exit', () => {
    try {
      pass();
      output.flushSync();
    } catch {
      // Standard output is gone: there is nobody left to tell.
    }
  });
  return {
    write(line: string): void {
      block += line;
      if (block.length >= BLOCK_CHARACTERS) pass();
    },
  };
}
