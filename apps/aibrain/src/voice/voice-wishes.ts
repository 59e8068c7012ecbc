import type { Wish } from '../orchestration/brain.js';
import type { AskedRequest } from '../orchestration/wishes.js';
import { LANGUAGE } from './voice.dto.js';
import type { VoiceFields } from './voice.dto.js';

/** The longest prompt that is taken from anybody. */
const MOST_PROMPT_BYTES = 20_000;
const LEAST_BYTES = 400;
/** Faster than anybody speaks, in any script. */
const BYTES_PER_SECOND = 60;
const FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;
const LONGEST_TAG = 'x'.repeat(36);

/** A spoken question with what was said before it. */
export interface SpokenQuestion {
  readonly fields: VoiceFields;
  readonly history: Wish['messages'];
}

/** What is answered: the transcript as a prompt, to be answered in its language and so that it can be read aloud. */
export function askedRequest({ fields, history }: SpokenQuestion, prompt: string, tag: string): AskedRequest {
  const { mode, maxTokens, context, conversationId, onNoConsensus } = fields;
  return {
    prompt,
    mode,
    maxTokens,
    history,
    manner: mannerOf(tag),
    ...(context === undefined ? {} : { context }),
    ...(conversationId === undefined ? {} : { conversationId }),
    ...(onNoConsensus === undefined ? {} : { onNoConsensus }),
  };
}

/** The longest that the recording could become, to bound the answer before a word was heard. */
export function longestRequest(question: SpokenQuestion, durationMs: number): AskedRequest {
  return askedRequest(question, 'x'.repeat(mostTranscriptBytes(durationMs)), LONGEST_TAG);
}

/** The transcript, and whether its end was left out because it is longer than was bounded. */
export function promptOf(transcript: string, durationMs: number): { prompt: string; cut: boolean } {
  const most = mostTranscriptBytes(durationMs);
  let [signs, prompt] = [[...transcript], transcript];
  for (let size = longestForm(prompt); size > most; size = longestForm(prompt)) {
    // By at least one sign each time: where every sign is long, the share alone would never get shorter.
    signs = signs.slice(0, Math.min(signs.length - 1, Math.floor((signs.length * most) / size)));
    prompt = signs.join('');
  }
  return { prompt, cut: prompt !== transcript };
}

function mannerOf(tag: string): string {
  const language =
    LANGUAGE.test(tag) || tag === LONGEST_TAG ? ` Answer in the language of the tag ${tag}.` : '';
  return `The question was spoken, and the beginning of the answer is read aloud: begin with plain sentences.${language}`;
}

function mostTranscriptBytes(durationMs: number): number {
  return Math.min(MOST_PROMPT_BYTES, LEAST_BYTES + Math.ceil((durationMs * BYTES_PER_SECOND) / 1_000));
}

/** Tokenizers may read a normal form that is longer than the text. */
function longestForm(text: string): number {
  return Math.max(Buffer.byteLength(text), ...FORMS.map((form) => Buffer.byteLength(text.normalize(form))));
}
