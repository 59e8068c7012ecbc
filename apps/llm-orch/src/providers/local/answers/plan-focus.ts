/** A part of a plan that is asked for alone, by the id of its section. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/check-?list|to-?do list|task list|countdown/, 'checklist'],
  [/timeline|run of show|running order|schedule|agenda|itinerary|timetable|program(?:me)?/, 'timeline'],
  [/budget|cost (?:plan|breakdown)/, 'budget'],
  [/venue ideas|venues/, 'venues'],
  [/staffing(?: plan)?|staff plan|staff list/, 'staffing'],
  [/supplier list|vendor list|list of (?:suppliers|vendors)/, 'vendors'],
  [/risk (?:list|register|assessment|plan|analysis)|risks/, 'risks'],
];
const SOURCE = PARTS.map(([words]) => words.source).join('|');
/** "Give me a checklist for …", "budget breakdown for …": the part is the object of the order, not a detail of it. */
const ASKED = new RegExp(
  `^\\s*(?:(?:please|can you|could you|i need|we need|i want|we want)\\s+)*(?:(?:give me|create|make|write|draft|suggest|list|build|prepare|generate|show me|propose|need|want)\\s+)?(?:an?|the|some|me|us|all|only|just|detailed|short|simple|full|main|top|key|biggest|most important|\\d{1,2}|\\s){0,6}(?<part>${SOURCE})(?:\\s+(?:breakdown|only|ideas|template))?\\s+(?:for|of)\\b`,
  'i',
);

/** The one section that was asked for; undefined for a whole plan. */
export function focusOf(prompt: string): string | undefined {
  const part = ASKED.exec(prompt.slice(0, 160))?.groups?.['part'];
  return part === undefined
    ? undefined
    : PARTS.find(([words]) => new RegExp(`^(?:${words.source})$`, 'i').test(part))?.[1];
}
