import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OrchestrationRecord } from '../orchestration/orchestration.dto.js';
import { markdownOf } from './conversation-markdown.js';

const TURN: OrchestrationRecord = {
  id: '00000000-0000-4000-8000-000000000001',
  conversationId: '00000000-0000-4000-8000-000000000002',
  mode: 'single',
  prompt: 'A party',
  context: null,
  answer: '# The plan\n\n| Item | Amount |',
  modelsUsed: ['local-planner-1'],
  usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
  costUsd: 0,
  credits: { held: 10, charged: 5, refunded: 5 },
  latencyMs: 1,
  createdAt: '2026-11-27T10:20:30.000Z',
};

const exported = (title: string, ...turns: Partial<OrchestrationRecord>[]) =>
  markdownOf({
    conversation: {
      id: TURN.conversationId,
      title,
      turns: turns.length,
      maxTurns: 50,
      locked: false,
      archived: false,
      shared: false,
      own: true,
      createdAt: TURN.createdAt,
      updatedAt: TURN.createdAt,
    },
    turns: turns.map((turn) => ({ ...TURN, ...turn })),
  });

describe('a conversation as Markdown', () => {
  it('has a heading for each turn, the request as a quotation and the answer below it', () => {
    expect(exported('Summer party', { context: 'By the sea' }, { prompt: 'And then?', answer: 'Dance.' })).toBe(
      [
        '# Summer party',
        '## 1. 2026-11-27 10:20 UTC',
        '> A party\n>\n> Context: By the sea',
        '### The plan\n\n| Item | Amount |',
        '_single, local-planner-1, 5 credits_',
        '## 2. 2026-11-27 10:20 UTC',
        '> And then?',
        'Dance.',
        '_single, local-planner-1, 5 credits_\n',
      ].join('\n\n'),
    ); // prettier-ignore
  });

  it('tells where the members of a zar answer differed', () => {
    const consensus = {
      reached: true,
      score: 0.7,
      level: 'medium',
      answered: 3,
      of: 3,
      disagreements: [{ topic: 'catering', positions: [{ member: 'A', says: '1500' }, { member: 'B', says: '900' }] }],
      panel: 'local',
      synthesis: 'medoid',
    } as const; // prettier-ignore
    expect(exported('x', { consensus: structuredClone(consensus) as never })).toContain(
      '3 of 3 members answered, agreement 0.7 (medium).\n- catering: A says 1500; B says 900',
    );
  });

  it('no text makes a heading of the document or a tag, however it is written', () => {
    const parts = fc.constantFrom('# ', '## 9. ', '\n', '```', '~~~~', '`', 'html', '<b>', '</script>', '<!--', '\\', 'word', ' ', '>');
    const text = fc.array(parts, { maxLength: 14 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, text, text, (title, prompt, answer) => {
        const lines = outsideOfCode(exported(title, { prompt, answer }, { prompt, answer: 'End.' }));
        expect(lines.filter((line) => /^ {0,3}##?(?:\s|$)/.test(line))).toHaveLength(3);
        for (const line of lines) expect(line).not.toMatch(/<[a-z/!]/);
      }),
      { numRuns: 400 },
    );
  }); // prettier-ignore

  it('code stays to the letter, and one that is left open is closed', () => {
    expect(exported('x', { answer: '```html\n# <b>\n' }, {})).toContain('```html\n# <b>\n```\n\n_single');
  });
});

/** Fences as CommonMark has them. */
function outsideOfCode(markdown: string): string[] {
  let fence = '';
  return markdown.split('\n').filter((line) => {
    const [, marks = '', rest = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (fence !== '') {
      if (marks.startsWith(fence) && rest.trim() === '') fence = '';
      return false;
    }
    if (marks.startsWith('`') && rest.includes('`')) return true;
    fence = marks;
    return marks === '';
  });
}
