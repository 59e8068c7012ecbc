/** The use cases of the contract, in its order. */
export const USE_CASES = [
  'event-creation',
  'event-description',
  'marketing-copy',
  'email',
  'summarize',
  'translation',
  'moderation',
  'classification',
  'extraction',
  'chat',
  'planning',
] as const;

export type UseCase = (typeof USE_CASES)[number];

/** True for a name of {@link USE_CASES}; anything else is the caller's LLM_1004. */
export function isUseCase(name: string): name is UseCase {
  return (USE_CASES as readonly string[]).includes(name);
}
