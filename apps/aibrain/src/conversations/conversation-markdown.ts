import type { ConsensusView, OrchestrationRecord } from '../orchestration/orchestration.dto.js';
import type { ConversationExport } from './conversations.dto.js';

/** Levels that an answer's headings go down, so that they stand below the heading of their turn. */
const LOWERED_BY = 2;
const DEEPEST_HEADING = 6;
const HEADING = /^ {0,3}(#{1,6})(?=\s|$)/;
const OPENING_FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const CLOSING_FENCE = /^ {0,3}(`{3,}|~{3,})\s*$/;
const TAG_BEGIN = /<(?=[a-z/!?])/gi;

/** A conversation to be read: a heading for each turn, what was asked as a quotation, the answer as it is written. */
export function markdownOf({ conversation, turns }: ConversationExport): string {
  const title = `# ${oneLine(conversation.title)}`;
  return `${[title, ...turns.flatMap(turnOf)].join('\n\n')}\n`;
}

function turnOf(turn: OrchestrationRecord, index: number): string[] {
  const { prompt, context, answer, createdAt, consensus } = turn;
  const asked = context === null ? prompt : `${prompt}\n\nContext: ${context}`;
  return [
    `## ${index + 1}. ${createdAt.slice(0, 16).replace('T', ' ')} UTC`,
    quotationOf(asked),
    harmless(answer.trim()),
    ...(consensus === undefined ? [] : [agreementOf(consensus)]),
    `_${[turn.mode, ...turn.modelsUsed.map(oneLine), `${turn.credits.charged} credits`].join(', ')}_`,
  ];
}

function agreementOf({ answered, of, score, level, disagreements }: ConsensusView): string {
  const agreed = score === null ? '' : `, agreement ${score} (${level})`;
  const lines = disagreements.map(({ topic, positions }) => {
    const said = positions.map(({ member, says }) => `${member} says ${oneLine(says)}`).join('; ');
    return `- ${oneLine(topic)}: ${said}`;
  });
  return [`${answered} of ${of} members answered${agreed}.`, ...lines].join('\n');
}

function quotationOf(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => `> ${line.replace(TAG_BEGIN, '&lt;')}`.trimEnd())
    .join('\n');
}

/** Neither another turn's heading nor a tag of HTML, except inside of code, where both are letters. */
function harmless(text: string): string {
  let fence: string | undefined;
  const lines = text.split(/\r?\n/).map((line) => {
    if (fence !== undefined) {
      if (CLOSING_FENCE.exec(line)?.[1]?.startsWith(fence) === true) fence = undefined;
      return line;
    }
    fence = OPENING_FENCE.exec(line)?.[1];
    return fence === undefined ? lowered(line).replace(TAG_BEGIN, '&lt;') : line;
  });
  return fence === undefined ? lines.join('\n') : `${lines.join('\n')}\n${fence}`;
}

function lowered(line: string): string {
  return line.replace(HEADING, (_, marks: string) =>
    '#'.repeat(Math.min(DEEPEST_HEADING, marks.length + LOWERED_BY)),
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(TAG_BEGIN, '&lt;').trim();
}
