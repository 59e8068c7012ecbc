/** Of a drawing that our own engine made from words alone, after those were judged (`PromptModeration`). */
export const JUDGED_BY_PROMPT = 'prompt';
