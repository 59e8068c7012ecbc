import { MODERATION_RULES } from '../providers/local/answers/moderate.js';
import type { Completion } from '../providers/completion.js';
import type { CacheableWish } from './cache-key.js';

/** An answer this much longer than any 8,192 tokens is not kept. */
const LARGEST_TEXT = 64 * 1024;

const PERSONAL_DATA = MODERATION_RULES.filter(({ label }) => label === 'personal-data');

/** Whether the cache may be looked at: not for chance, tools or personal data, nor against the caller's will. */
export function mayUseCache(wish: CacheableWish): boolean {
  const drawn = (wish.temperature ?? 0) > 0;
  const withTools =
    (wish.tools?.length ?? 0) > 0 ||
    wish.messages.some(({ role, toolCalls }) => role === 'tool' || (toolCalls?.length ?? 0) > 0);
  return wish.cache !== 'off' && !drawn && !withTools && !hasPersonalData(wish);
}

/** Whether an answer may be given again: a whole one, and nothing but text. */
export function mayBeKept({ finishReason, text, toolCalls = [] }: Completion): boolean {
  return finishReason === 'stop' && toolCalls.length === 0 && text !== '' && text.length <= LARGEST_TEXT;
}

function hasPersonalData({ messages }: CacheableWish): boolean {
  return messages.some(({ content }) => PERSONAL_DATA.some(({ words }) => words.test(content)));
}
