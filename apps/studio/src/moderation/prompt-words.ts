/** Why words are refused; told to the caller. */
export const CATEGORIES = [
  'sexual-minors',
  'sexual',
  'violence',
  'hate',
  'self-harm',
  'weapons-drugs',
  'real-person',
] as const;
export type ModerationCategory = (typeof CATEGORIES)[number];

/** A rule holds when all of `all` are found and `unless` is not. */
export interface WordRule {
  readonly category: ModerationCategory;
  readonly all: readonly RegExp[];
  readonly unless?: RegExp;
}

const MINOR =
  /\b(child(ren)?|kids?|minors?|underage|pre-?teens?|teen(s|age|aged|ager|agers)?|school ?(girl|boy)s?|(little|young) (girl|boy)s?|toddlers?|bab(y|ies)|infants?)\b/;
const SEXUAL =
  /\b(nudes?|naked|nudity|sex|sexual(ly|ized|ised)?|sexy|erotic(a|ally)?|porn(o|ographic|ography)?|lingerie|topless|undress(ed|ing)?|seductive(ly)?)\b/;
const HOW =
  /\b(how (do i|to|can i)|instructions?|recipe|guide|tutorial|step by step|diagram|blueprint|make|making|build(ing)?|cook(ing)?|synthesi[sz](e|ing))\b/;
const LIKENESS =
  /\b(photo(graph)?s?|photo ?realistic|realistic|lifelike|real|fake|footage|video|selfie|endors(e|es|ing)|impersonat(e|es|ing)|pretend(s|ing)? to be|voice of|speaking as|talking)\b/;
const KNOWN_PEOPLE =
  /\b(donald trump|joe biden|kamala harris|barack obama|vladimir putin|xi jinping|narendra modi|emmanuel macron|giorgia meloni|volodymyr zelensk(y|yy|iy)|keir starmer|friedrich merz|angela merkel|pope (francis|leo)|king charles|prince (william|harry)|kate middleton|meghan markle|elon musk|mark zuckerberg|jeff bezos|bill gates|sam altman|taylor swift|beyonce|rihanna|kanye west|kim kardashian|justin bieber|selena gomez|ariana grande|billie eilish|ed sheeran|adele|scarlett johansson|emma watson|tom (cruise|hanks|holland)|brad pitt|leonardo di ?caprio|keanu reeves|morgan freeman|cristiano ronaldo|lionel messi|lebron james|shah rukh khan|greta thunberg)\b/;

/** Whole words and phrases only, so that Scunthorpe, a sexton and an assassin-themed game pass. Checked in this order. */
export const WORD_RULES: readonly WordRule[] = [
  { category: 'sexual-minors', all: [/\b(lolicon|shotacon|child ?porn(ography)?|jailbait|csam)\b/] },
  {
    category: 'sexual-minors',
    all: [MINOR, SEXUAL],
    unless:
      /\b(sex(ual)? (reveal|education)|naked (cake|flame|eye)s?|prevent\w*|protect\w*|awareness|survivors?)\b/,
  },
  {
    category: 'sexual',
    all: [
      /\b(porn(o|os|ographic|ography|star)?|hentai|nsfw|blow ?jobs?|hand ?jobs?|cum ?shots?|gang ?bangs?|masturbat\w*|penis(es)?|vaginas?|genitals?|sex (scene|act|position|tape|toy)s?|having sex|explicit (sex|nudity)|(fully|completely) (nude|naked)|(nude|naked) (wom[ae]n|m[ae]n|girls?|boys?|bod(y|ies)|models?|people|person|lad(y|ies)|guys?|selfies?)|erotica?|bdsm|topless (wom[ae]n|girls?|model))\b/,
    ],
    unless: /\b(anti-?porn|porn addiction|art history|health (talk|seminar|education))\b/,
  },
  {
    category: 'violence',
    all: [
      /\b(blood and gore|(?<!al )(?<!leslie )gore(?!-? ?tex)|gory|decapitat\w*|behead\w*|dismember\w*|disembowel\w*|mutilated|severed (heads?|limbs?|arms?|legs?|hands?)|(bloody|rotting) corpses?|exposed intestines|snuff (film|movie|video)|torturing (a|the|people|animals?))\b/,
    ],
  },
  {
    category: 'hate',
    all: [
      /\b(sieg heil|heil hitler|white (power|supremacy|supremacist)|ku klux klan|kkk|nazi (flag|salute|uniform|symbol|propaganda|rally|emblem)s?|gas the jews|ethnic cleansing is|nigg(er|ers|as?)|fagg?ots?|kikes?|trannies|wetbacks?)\b/,
    ],
    unless: /\b(against|history of|victims of|museum|memorial|remembrance|combat(ing|ting)?) /,
  },
  {
    category: 'hate',
    all: [/\bswastikas?\b/],
    unless: /\b(hindu|diwali|rangoli|puja|buddhis[tm]|jain|ganesha?|lakshmi|vedic|mandala)\b/,
  },
  {
    category: 'self-harm',
    all: [
      /\b((how (do i|to|can i)|ways? to|instructions? (for|to|on)|methods? (of|to)|best way to) .{0,40}(kill (myself|yourself|oneself)|suicide|self-? ?harm|hang (myself|yourself)|cut (myself|yourself)|overdose)|suicide (method|note template|instruction)s?|pro-? ?ana|thinspo)\b/,
    ],
    unless: /\b(prevent\w*|support|recover\w*|helpline|awareness)\b/,
  },
  {
    category: 'weapons-drugs',
    all: [
      HOW,
      /\b(pipe ?bombs?|nail ?bombs?|molotov( cocktails?)?|ieds?|(improvised )?explosive devices?|nerve (gas|agent)|sarin|ricin|meth|methamphetamine|crystal meth|fentanyl|crack cocaine|heroin|ghost guns?|3d-? ?printed guns?|gun silencers?|car bombs?)\b/,
    ],
    unless: /\b(awareness|prevention|recovery|support group|charity|museum|breaking bad)\b/,
  },
  {
    category: 'weapons-drugs',
    all: [
      HOW,
      /\b(build|make|making|assemble|construct|detonate)( \w+){0,2} (bombs?|explosives?|(hand )?grenades?|detonators?|silencers?)\b/,
    ],
    unless:
      /\b(bath|seed|chocolate|cocoa|tea|cheese|glitter|confetti|colou?r|paint|jager|photo)[ -]?bombs?\b|\bbomb (cake|costume|cocktail)s?\b/,
  },
  {
    category: 'real-person',
    all: [/\bdeep ?fakes?\b/],
    unless: /\b(detect\w*|against|danger|talk|panel|workshop|conference|awareness|seminar)\b/,
  },
  {
    category: 'real-person',
    all: [LIKENESS, KNOWN_PEOPLE],
    unless: /\b(themed?|tribute|inspired|impersonator|look-?alike|costume|karaoke|quiz|trivia)\b/,
  },
  {
    category: 'real-person',
    all: [
      /\b(impersonat(e|es|ing)|pretend(s|ing)? to be|clone the voice of) .{0,30}(president|prime minister|celebrity|politician|police officer|my (boss|bank))\b/,
    ],
  },
];
