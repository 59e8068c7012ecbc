import { writeFile } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { CpuPool } from './cpu-pool.js';
import { withScratch } from './media-tools/scratch.js';

/** On Linux the priority is the calling thread's. */
const PRIORITY = `import { getPriority } from 'node:os';\nexport default () => getPriority();\n`;

describe('CpuPool', () => {
  it('works behind the thread that answers requests', async () => {
    const cpus = new CpuPool({ threads: 1 });
    const own = getPriority();
    try {
      const priority = await withScratch(async (directory) => {
        const file = join(directory, 'priority.mjs');
        await writeFile(file, PRIORITY);
        const { signal } = new AbortController();
        return cpus.run<null, number>({ url: pathToFileURL(file) }, null, { signal, timeoutMs: 10_000 });
      });
      expect(priority).toBe(Math.min(19, own + 10));
      expect(getPriority()).toBe(own);
    } finally {
      await cpus.close();
    }
  });
});
