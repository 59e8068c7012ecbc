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

  it.each([
    ['a long answer', turn('A programme', 'x'.repeat(30_000))],
    ['a long question', turn('q'.repeat(20_000), 'Short.')],
    ['a long context', turn('A programme', 'x'.repeat(9_000), 'c'.repeat(10_000))],
  ])('keeps the newest turn however long it is: %s', (_what, newest) => {
    const messages = memoryOf([turn('Before', 'Then.'), newest]);
    expect(messages.map(({ role }) => role).slice(-2)).toEqual(['user', 'assistant']);
    const [asked, answered] = messages.slice(-2).map(({ content }) => content);
    expect(asked?.startsWith(newest.prompt.slice(0, 1_900))).toBe(true);
    expect(answered?.startsWith(newest.answer.slice(0, 3_900))).toBe(true);
    expect(`${asked}${answered}`.length).toBeLessThan(8_020);
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
