import type { Wish } from '../orchestration/brain.js';

/** What was asked and answered before, the newest last. */
export interface PastTurn {
  readonly prompt: string;
  readonly context: string | null;
  readonly answer: string;
}

/** What is repeated word for word; older turns are summarised. */
const VERBATIM_CHARACTERS = 8_000;
const MOST_VERBATIM_TURNS = 20;
const SUMMARY_CHARACTERS = 2_000;
const LONGEST_ASKED = 120;
const LONGEST_ANSWERED = 160;

/**
 * The conversation so far as messages: its end as it was said, what falls out of the window in short. The newest turn
 * is always there, cut where it alone is longer than the window: it is what "make that shorter" speaks of.
 */
export function memoryOf(past: readonly PastTurn[]): Wish['messages'] {
  const turns = past.map((turn, index) => (index === past.length - 1 ? fitted(turn) : turn));
  const kept = verbatim(turns);
  const fallen = turns.slice(0, turns.length - kept.length);
  return [
    ...(fallen.length === 0 ? [] : [{ role: 'user' as const, content: summaryOf(fallen) }]),
    ...kept.flatMap(({ prompt, context, answer }) => [
      { role: 'user' as const, content: context === null ? prompt : `${prompt}\n\nContext: ${context}` },
      { role: 'assistant' as const, content: answer },
    ]),
  ];
}

function verbatim(turns: readonly PastTurn[]): PastTurn[] {
  const kept: PastTurn[] = [];
  let room = VERBATIM_CHARACTERS;
  for (const turn of turns.slice(-MOST_VERBATIM_TURNS).reverse()) {
    room -= turn.prompt.length + (turn.context?.length ?? 0) + turn.answer.length;
    if (room < 0) break;
    kept.unshift(turn);
  }
  return kept;
}

/** The asker's words take at most half of the window, the answer what they leave. */
function fitted({ prompt, context, answer }: PastTurn): PastTurn {
  const asked = cut(prompt, VERBATIM_CHARACTERS / 4);
  const known = context === null ? null : cut(context, VERBATIM_CHARACTERS / 2 - asked.length);
  const room = VERBATIM_CHARACTERS - asked.length - (known?.length ?? 0);
  const whole = prompt.length + (context?.length ?? 0) + answer.length <= VERBATIM_CHARACTERS;
  return whole ? { prompt, context, answer } : { prompt: asked, context: known, answer: cut(answer, room) };
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`.toWellFormed();
}

/** One line a turn; when there are too many, the newest stay. */
function summaryOf(turns: readonly PastTurn[]): string {
  const lines: string[] = [];
  let room = SUMMARY_CHARACTERS;
  for (const { prompt, answer } of [...turns].reverse()) {
    const line = `- asked: ${short(prompt, LONGEST_ASKED)} / answered: ${short(answer, LONGEST_ANSWERED)}`;
    room -= line.length + 1;
    if (room < 0) break;
    lines.unshift(line);
  }
  return `Earlier in this conversation, in short:\n${lines.join('\n')}`;
}

function short(text: string, length: number): string {
  const line = text.replace(/[#*\s]+/g, ' ').trim();
  return cut(line, length);
}
