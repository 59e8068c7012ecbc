/** Under this age a birthday is a children's party. */
const CHILD = 13;
const AGE =
  /\b(\d{1,3})[- ]?(?:years?[- ]old|yrs?[- ]old|yo\b|y\/o)|\b(?:turn(?:s|ing)|aged?)\s+(\d{1,3})\b|\b(\d{1,3})(?:st|nd|rd|th)[- ](?:(?:surprise|wedding|company|work|kids|business) )?(?:birthday|anniversary|b-?day)|[’']s (\d{1,3})(?:st|nd|rd|th)\b/i;
const HONOUREE =
  /\bfor (my (?:\w+ )?(?:mother|mom|mum|father|dad|wife|husband|son|daughter|sister|brother|boss|friend|best friend|grandmother|grandma|grandfather|grandpa|partner|fianc[ée]e?|girlfriend|boyfriend|niece|nephew|aunt|uncle|colleague|parents|grandparents|twins)|our (?:ceo|boss|parents|manager|founder|team lead|daughter|son|colleague))(?:[’']s)?\b/i;
const NAMED_HONOUREE =
  /(?:birthday|retirement|anniversary|party|celebration|shower|farewell|dinner)\s+for\s+([A-Z][\p{L}]+(?:(?: (?:and|&))? (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][\p{L}]+){0,2})\b(?!\s+(?:people|guests))|\b([A-Z][\p{L}]+(?: (?:and|&) [A-Z][\p{L}]+)?)[’']s\s+(?:\d+\w* )?(?:surprise )?(?:birthday|retirement|anniversary|wedding|farewell|graduation|engagement)/u;
const THEME =
  /(?<![\p{L}])((?:[\p{L}\d]+(?:['’-][\p{L}\d]+)*\s){0,2}[\p{L}\d’'-]+)[- ]themed?(?![\p{L}])|\btheme(?:\s+(?:is|of)|:)\s*"?([\p{L}\d][\p{L}\d '’-]{1,40})"?|\bwith an?\s+([\p{L}\d '’-]{2,30}?)\s+theme\b/iu;

/** Age or number of years celebrated. */
export function ageIn(text: string): number | undefined {
  const match = AGE.exec(text);
  const age = Number(match?.[1] ?? match?.[2] ?? match?.[3] ?? match?.[4] ?? Number.NaN);
  return age > 0 && age <= 150 ? age : undefined;
}

/** Whether the guests are children. */
export function isForChildren(text: string, years: number | undefined): boolean {
  return (years !== undefined && years < CHILD) || /\b(?:kids|children|toddlers)\b/i.test(text);
}

/** "dinosaur" of "a dinosaur-themed party". */
export function themeIn(text: string): string | undefined {
  const match = THEME.exec(text);
  const theme = (match?.[1] ?? match?.[2] ?? match?.[3])
    ?.trim()
    .replace(
      /^(?:(?:plan|organi[sz]e|throw|host|design|create|a|an|the|my|our|want|for|with|have|please|me)\s+)+/i,
      '',
    );
  return theme === undefined || theme === '' ? undefined : theme;
}

/** Whom the event is for: a name, or "your mother". */
export function honoureeIn(text: string): string | undefined {
  const named = NAMED_HONOUREE.exec(text);
  const name = named?.[1] ?? named?.[2];
  if (name !== undefined) return name;
  return HONOUREE.exec(text)?.[1]?.replace(/^my /i, 'your ').replace(/^our /i, 'your ');
}
