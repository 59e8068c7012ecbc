import { describe, expect, it } from '@jest/globals';
import { LocalTextProvider } from './local-text-provider.js';

const provider = new LocalTextProvider({ now: () => new Date('2026-11-27T09:00:00Z') });
const OFFSITE = 'Plan a team offsite for 40 people in Goa on 5 May 2027, budget $20,000';

/** The answer to the last of these, said one after the other. */
async function answerTo(...prompts: readonly string[]): Promise<string> {
  const messages = prompts.flatMap((content, index) => [
    { role: 'user' as const, content },
    ...(index < prompts.length - 1 ? [{ role: 'assistant' as const, content: 'A plan.' }] : []),
  ]);
  const asked = { messages, model: 'local-planner-1', maxTokens: 900, idempotencyKey: 'k' };
  return (await provider.complete(asked, new AbortController().signal)).text;
}

/** What organisers ask for in their own words, and what they would act on. */
describe('a question of an organiser', () => {
  it.each([
    'List the main risks of an outdoor wedding for 150 guests in Pune in July and how to handle them.',
    'Give me the top 5 risks for an outdoor wedding for 150 guests in Pune in July',
    'Write a risk analysis for an outdoor wedding for 150 guests in Pune in July',
  ])('about risks is answered with risks alone: %s', async (prompt) => {
    const text = await answerTo(prompt);
    expect(text).toContain('## Risks and answers');
    expect(text).toContain('Monsoon rain in Pune');
    expect(text).not.toMatch(/## (?:Budget|Run of show|Checklist)/);
  });

  it('for an invitation gets what was said of dress, reply and place', async () => {
    const text = await answerTo(
      'Write an invitation text for our company summer party on 20 June 2027 at Garden House, 18:00, dress code smart casual, RSVP by 1 June to events@acme.com',
    );
    expect(text).toContain('at Garden House');
    expect(text).toContain('We begin at 18:00');
    expect(text).toContain('Dress code: smart casual.');
    expect(text).toContain('reply by Tuesday, 1 June 2027 to events@acme.com');
  });

  it.each([
    ['And for 80 guests?', /for 80 participants[\s\S]*\*\*\$20,000\*\*/],
    ['What if the budget is only $12,000?', /for 40 participants[\s\S]*\*\*\$12,000\*\*/],
    ['What about 12 May 2027 instead?', /12 May 2027/],
  ])('that changes a figure gets the plan anew: %s', async (question, plan) => {
    const text = await answerTo(OFFSITE, question);
    expect(text).toMatch(/^# /);
    expect(text).toMatch(plan);
  });

  it.each(['What if it rains?', 'What if 10 guests cancel late?'])(
    'about what happens on the day gets no plan: %s',
    async (question) => {
      expect(await answerTo(OFFSITE, question)).not.toMatch(/^# /);
    },
  );

  it('about a row of the budget gets its sum, by whichever name, and per head', async () => {
    expect(await answerTo(OFFSITE, 'What does the catering cost per person?')).toMatch(
      /^In a plan for \$20,000, meals gets \$4,\d00 \(22 %\), .* which is about \$1\d\d(?:\.\d\d)? for each of 40\./,
    );
  });

  it('about whom to call first gets the suppliers in their order, not first aid', async () => {
    expect(await answerTo(OFFSITE, 'Who should I call first?')).toMatch(/^For an offsite: first hotel or lodge, .*; then .* Book venue/);
    expect(await answerTo('How many first aiders do I need for 800 guests?')).toContain('3 trained first-aiders');
  }); // prettier-ignore
});
