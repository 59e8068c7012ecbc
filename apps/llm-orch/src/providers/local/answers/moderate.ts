import type { Answer, Question } from './answer.js';
import { givenText, section } from './answer.js';
import { answered } from './answered.js';

interface Rule {
  readonly label: string;
  readonly words: RegExp;
}

/** Categories by rules: clear wording is caught, irony and new slang are not. */
export const MODERATION_RULES: readonly Rule[] = [
  {
    label: 'hate',
    words:
      /\b(?:(?:hate|kill|exterminate|deport|ban) (?:all |the )?(?:jews|muslims|christians|hindus|blacks|whites|gays|immigrants|women|men|foreigners)|(?:blacks|jews|muslims|gays|women|foreigners|immigrants) (?:are|should be) (?:animals|vermin|inferior|subhuman|banned|shot)|no (?:blacks|jews|muslims|gays|foreigners) allowed|white power|sieg heil)\b/i,
  },
  {
    label: 'harassment',
    words:
      /\b(?:you(?:[’']re| are) (?:an? |such an? |so )?(?:idiot|stupid|moron|worthless|pathetic|disgusting)|shut up|nobody likes you|i will (?:find|ruin) you|stupid (?:cow|bitch)|bitch|piece of (?:shit|trash))\b/i,
  },
  {
    label: 'violence',
    words:
      /\b(?:(?:kill|murder|shoot|stab|bomb|behead|poison|beat up|attack|blow up) (?!.{0,20}\b(?:with kindness|on camera|on film)\b)(?:you|him|her|them|me|someone|people|everyone|everybody|the (?:guests|crowd|president|school|venue))|(?:make|build|buy) (?:a )?(?:bombs?|explosives?|pipe bomb)|beat (?:you|him|her|them) up|mass shooting|terror(?:ist)? attack)\b/i,
  },
  {
    label: 'self-harm',
    words:
      /\b(?:kill myself|suicid(?:e|al)|end my life|hurt myself|self[- ]harm|cut myself)\b(?!\s+(?:prevention|awareness|support|hotline|helpline|survivors?|bereave\w*|research))/i,
  },
  {
    label: 'sexual',
    words:
      /\b(?:porn\w*|nudes?|explicit sex|sex (?:show|party)|orgy|strippers?|strip (?:show|club|tease)|(?<!\b(?:police|security|safety|motorcade|vehicle|your|our|staff|who|steward|marshal) )escorts?(?! (?:guests?|visitors?|the|vip|you|them|speakers?|vehicle|service to|from|to))|blow ?job|incest|rape(?!\s*(?:seed|crisis|survivors?|awareness|prevention))|explicit content)\b/i,
  },
  {
    label: 'illegal',
    words:
      /\b(?:(?:cocaine|heroin|meth|ecstasy|mdma)(?!\s+(?:awareness|prevention|recovery|testing))|fake ids?|counterfeit|stolen (?:cards?|goods|tickets)|money laundering|bribe|hack(?:ing)? (?:into )?(?:accounts?|passwords?))\b/i,
  },
  {
    label: 'spam',
    words:
      /\b(?:click here now|100 ?% free|you have won|act now|earn \$?\d+ (?:a|per) day|work from home and earn|crypto giveaway|double your (?:money|bitcoin)|viagra|lottery winner)\b/i,
  },
  {
    label: 'personal-data',
    words:
      /\b(?:\d[ -]?){13,16}\b|\b\d{3}-\d{2}-\d{4}\b|\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,40}\b|\bpassword\s*[:=]\s*\S+/i,
  },
];

/** A rule either matches or not; how often such a match is right was estimated by hand, not measured. */
const CONFIDENCE = 0.8;
const LIMIT =
  'word rules in English only, no trained classifier: irony, context and new expressions are not understood';

export function moderationAnswer(question: Question): Answer {
  const text = givenText(question.prompt) ?? question.prompt;
  const hits = MODERATION_RULES.flatMap(({ label, words }) => {
    const match = words.exec(text);
    return match
      ? [{ label, matched: label === 'personal-data' ? '[hidden]' : match[0], confidence: CONFIDENCE }]
      : [];
  });
  const flagged = hits.length > 0;
  const verdict = flagged
    ? `**Flagged:** ${hits.map(({ label, matched }) => `${label} (“${matched}”)`).join(', ')}. A person should look at it before it is published.`
    : '**Not flagged:** none of the rules matched.';
  const checked = `Checked: ${MODERATION_RULES.map(({ label }) => label).join(', ')}.`;
  return answered(
    question,
    [
      section(
        'verdict',
        verdict,
        flagged ? `Flagged: ${hits.map(({ label }) => label).join(', ')}` : 'Not flagged',
      ),
      section('checked', checked),
    ],
    { flagged, categories: hits, checked: MODERATION_RULES.map(({ label }) => label) },
    [LIMIT],
  );
}
