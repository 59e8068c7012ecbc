import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { memoryOf } from './conversation-memory.js';

const turn = (prompt: string, answer: string, context: string | null = null) => ({ prompt, answer, context });

describe('memory of a conversation', () => {
  it('repeats what fits, word for word and in order', () => {
    expect(memoryOf([turn('Hello', 'Hi.', 'By the sea'), turn('And now?', 'Now this.')])).toEqual([
      { role: 'user', content: 'Hello\n\nContext: By the sea' },
      { role: 'assistant', content: 'Hi.' },
      { role: 'user', content: 'And now?' },
      { role: 'assistant', content: 'Now this.' },
    ]);
  });

  it('tells in short what falls out of the window', () => {
    const [summary, ...kept] = memoryOf([
      turn('A party for 50', 'x'.repeat(5_000)),
      turn('B', 'y'.repeat(5_000)),
    ]);
    expect(summary?.content).toContain('A party for 50');
    expect(kept.map(({ content }) => content.charAt(0))).toEqual(['B', 'y']);
  });

  it('stays within its bounds, however much was said', () => {
    const said = fc.string({ maxLength: 9_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(said, said), { maxLength: 50 }), (turns) => {
        const messages = memoryOf(turns.map(([prompt, answer]) => turn(prompt, answer)));
        expect(messages.length).toBeLessThanOrEqual(41);
        expect(messages.reduce((sum, { content }) => sum + content.length, 0)).toBeLessThan(10_100);
      }),
      { numRuns: 30 },
    );
  });
});
