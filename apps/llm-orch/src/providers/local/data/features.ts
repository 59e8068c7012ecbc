/** Something a caller may ask for or rule out, with what a planner does about it. */
export interface Feature {
  readonly id: string;
  readonly label: string;
  /** Found in a prompt. */
  readonly asked: RegExp;
  /** Found in a line of a plan: such lines go when the feature is ruled out. */
  readonly words: RegExp;
  /** What to do when it is asked for. */
  readonly note?: string;
  /** Budget row `label|weight|covers` when it is asked for and the family has no such row. */
  readonly row?: string;
}

function feature(
  id: string,
  label: string,
  asked: string,
  words: string,
  note?: string,
  row?: string,
): Feature {
  return { id, label, asked: whole(asked), words: whole(words), note, row };
}

function whole(source: string): RegExp {
  return new RegExp(`(?<![\\p{L}])(?:${source})(?![\\p{L}])`, 'iu');
}

export const FEATURES: readonly Feature[] = [
  feature(
    'vendor-management',
    'vendor management',
    '(?:vendor|supplier|contractor)s?[- ](?:management|coordination|co-ordination|handling|onboarding|selection)|manag(?:e|ing) (?:the )?(?:vendors|suppliers)',
    'vendor management',
    'Vendor management: one register of all contracts, one contact per lot, one delivery schedule; see the vendor section.',
  ),
  feature(
    'alcohol',
    'alcohol',
    'alcohol(?:ic drinks)?|booze|liquor|open bar|cash bar|cocktails?|wine|beer|champagne',
    'alcohol\\w*|bars?|bartenders?|wines?|beers?|champagne|prosecco|cocktails?|mocktails?|liquor|drinks licen[cs]e|licensed|breweries|brewery|wineries|winery|vineyards?|pubs?|distillery|toasts?',
    'Bar: agree hours, a per-head package or a consumption cap, and who may sign for extras.',
    'Bar and drinks|9|drinks package and bar staff',
  ),
  feature(
    'live-music',
    'live music',
    'live (?:music|band|musicians?|singer)|(?:a )?band|string quartet|jazz trio|acoustic (?:set|duo)',
    'live (?:music|band|musicians?|singer|acts?|set)|bands?|quartet|trio|musicians?|singers?|headliners?',
    'Live music: stage of at least 4 x 3 m, own power circuit, sound check before doors, and a noise limit in writing.',
    'Live music|9|fee, travel, technical rider',
  ),
  feature(
    'dj',
    'a DJ',
    'dj|disc jockey',
    'djs?',
    'DJ: table, two power sockets, a do-play and do-not-play list, and an end time that the venue accepts.',
    'DJ|5|set, decks, lights',
  ),
  feature(
    'music',
    'music',
    '(?:loud )?music',
    'music\\w*|djs?|bands?|playlist|sound system|concert|danc\\w+|quartet|singers?|acts?',
  ),
  feature(
    'dancing',
    'dancing',
    'danc(?:e|ing)(?: floor)?',
    'danc\\w+|dj',
    'Dance floor: about 0.4 m² per guest for a third of the guests at a time.',
  ),
  feature(
    'photography',
    'photography',
    'photograph(?:y|ers?)|photos?|videograph(?:y|ers?)|filming|video',
    'photo\\w*|videograph\\w*|video|film(?:ing)?',
    'Photography: a short shot list, a consent notice at the entrance, and rights to use the pictures in the contract.',
    'Photography|6|photographer, edited pictures',
  ),
  feature(
    'photo-booth',
    'a photo booth',
    'photo ?booth|selfie (?:booth|wall)',
    'photo ?booth|selfie',
    'Photo booth: 2.5 x 2.5 m near the bar or lounge, not at the entrance. // Photo booth: 2.5 x 2.5 m near the lounge, not at the entrance.',
    'Photo booth|3|hire with attendant',
  ),
  feature(
    'fireworks',
    'fireworks',
    'fireworks?|pyrotechnics|sparklers',
    'fireworks?|pyro\\w*|sparklers',
    'Fireworks: licensed operator, notice to fire service and police, and a safety distance that the site really has.',
    'Fireworks|6|licensed operator and permits',
  ),
  feature(
    'streaming',
    'live streaming',
    'live ?stream(?:ing|ed)?|hybrid|web ?cast',
    'live ?stream\\w*|web ?cast',
    'Streaming: two cameras, a separate sound mix, a wired uplink of at least 20 Mbit/s with a mobile fallback, and one person for online questions.',
    'Streaming|7|cameras, encoder, platform',
  ),
  feature(
    'sustainable',
    'sustainability',
    'sustainab\\w+|eco[- ]?friendly|green event|zero[- ]waste|plastic[- ]free|carbon[- ]neutral',
    'sustainab\\w+',
    'Sustainability: reusable cups, a menu without flown-in goods, sorted waste with a weighed result, and travel by train or shuttle as the named default.',
  ),
  feature(
    'keynote',
    'a keynote',
    'keynotes?(?: speakers?)?|guest speakers?',
    'keynotes?|speakers?',
    'Speakers: confirm title, slot and equipment in writing; one back-up speaker for the opening.',
    'Speakers|8|fees, travel, rehearsal',
  ),
  feature(
    'speeches',
    'speeches',
    'speech(?:es)?',
    'speech(?:es)?|toasts?|words of (?:welcome|thanks)|remarks|speakers?',
  ),
  feature(
    'sponsors',
    'sponsorship',
    'sponsor(?:s|ship|ed)?',
    'sponsor\\w*',
    'Sponsors: three packages with clear counter-values, logos due six weeks ahead, and one contact per sponsor on the day.',
  ),
  feature(
    'ticketing',
    'ticketing',
    'tickets?|ticketing|ticket sales',
    'ticket\\w*',
    'Ticketing: early, regular and door price; release in tranches; scan at the gate with an offline list as fall-back.',
  ),
  feature(
    'security',
    'security',
    'security|bouncers?|crowd control',
    'security|bouncers?',
    'Security: licensed staff, bag policy announced with the tickets, one control point with a log.',
    'Security|5|licensed guards, briefing',
  ),
  feature(
    'vip',
    'a VIP area',
    'vips?(?: area| lounge| section)?',
    'vip',
    'VIP area: own entrance, a host, and a list that closes the day before.',
  ),
  feature(
    'camping',
    'camping',
    'camping|camp ?site|glamping',
    'camp(?:ing|site)?|glamping',
    'Camping: fire lanes every 20 m, water points, showers, quiet hours and separate family pitches.',
    'Camping site|6|pitches, showers, stewards',
  ),
  feature(
    'parking',
    'parking',
    'parking|valet',
    'parking|valet',
    'Parking: one space per 2.5 guests who drive, lit route, stewards for the first and last hour.',
  ),
  feature(
    'transport',
    'transport',
    'shuttles?|transport(?:ation)?|coach(?:es)?|airport (?:pick-?ups?|transfers?)|buses',
    'shuttles?|coach(?:es)?|transfers?|transport\\w*',
    'Transport: timetable on the invitation, last shuttle 30 minutes after the end.',
    'Transport|6|shuttles and transfers',
  ),
  feature(
    'accommodation',
    'accommodation',
    'accommodations?|hotel (?:rooms?|block)|lodging|rooms for (?:the )?guests|overnight stays?',
    'accommodation|hotel rooms?|room block|lodging',
    'Rooms: hold a block with a release date four weeks ahead; no penalty up to that date.',
    'Accommodation|18|room block',
  ),
  feature(
    'kids-area',
    'a children’s area',
    "kids[’']? (?:area|corner|zone|activities)|child ?care|cr[èe]che|family[- ]friendly|kid[- ]friendly|child[- ]friendly",
    "kids?[’']? (?:area|corner|zone)|child ?care",
    'Children: a staffed corner within sight of the parents, wristbands with a phone number, and a quiet spot.',
  ),
  feature(
    'interpreting',
    'interpreting',
    'interpret(?:ers?|ing|ation)|sign language|translators?|simultaneous translation|bilingual',
    'interpret\\w*',
    'Interpreting: booth or headsets, speakers’ texts two days ahead, two interpreters per language for more than an hour.',
    'Interpreting|5|interpreters, headsets',
  ),
  feature(
    'food-trucks',
    'food trucks',
    'food (?:trucks?|stalls?)',
    'food (?:trucks?|stalls?)',
    'Food trucks: one per 100 to 150 guests, hygiene and gas certificates before arrival, level ground with power.',
  ),
  feature(
    'catering',
    'catering',
    'cater(?:ing|ed|ers?)|buffet|sit-?down (?:dinner|meal)|finger food|canap[ée]s',
    'cater\\w*|buffet|canap[ée]s',
  ),
  feature(
    'cake',
    'a cake',
    '(?:birthday |wedding )?cakes?',
    'cakes?',
    'Cake: order two weeks ahead, deliver two hours before, and name one person who brings knife, candles and plates.',
    'Cake|4|made to order, delivered',
  ),
  feature(
    'decoration',
    'decoration',
    'decor(?:ations?)?|balloons|floral|centre ?pieces|center ?pieces',
    'decor\\w*|balloons|cent(?:re|er) ?pieces',
    undefined,
    'Decoration|6|theme, flowers, signs',
  ),
  feature('flowers', 'flowers', 'flowers?|florist', 'flowers?|floral|florist|bouquets?'),
  feature('balloons', 'balloons', 'balloons?', 'balloons?'),
  feature(
    'games',
    'games',
    '(?:party )?games?|quiz|scavenger hunt|treasure hunt|escape room',
    'games?|quiz|hunt',
  ),
  feature(
    'gifts',
    'gifts',
    'gifts?|favou?rs|goodie bags|swag|give-?aways',
    'gifts?|favou?rs|goodie bags?|swag|give-?aways?|party bags?',
    undefined,
    'Gifts|4|one per guest',
  ),
  feature('plastic', 'single-use plastic', '(?:single[- ]use )?plastics?', 'plastics?'),
  feature('meat', 'meat', 'meat|beef|pork|chicken', 'meat|beef|pork|chicken|barbecue|steak|grill(?:ed)?|hog'),
  feature('networking', 'networking', 'networking', 'network\\w*'),
  feature('awards', 'awards', 'awards?|prizes?', 'awards?|prizes?'),
];

/** Diets and access: what is said, what it means, and which words a menu line may then not contain. */
export const NEEDS: readonly { label: string; asked: RegExp; forbids?: RegExp; note: string }[] = [
  {
    label: 'vegan food',
    asked: /\bvegans?\b/i,
    forbids:
      /\b(?:meat|beef|pork|chicken|fish|seafood|steak|hog|cheese|dairy|barbecue|grill(?:ed)?|eggs?|oysters?)\b/i,
    note: 'Vegan menu throughout: no meat, fish, dairy, egg or honey; labels on every dish.',
  },
  {
    label: 'vegetarian food',
    asked: /\b(?:vegetarians?|veggie|pure[- ]veg|veg only)\b/i,
    forbids: /\b(?:meat|beef|pork|chicken|fish|seafood|steak|hog|barbecue|oysters?)\b/i,
    note: 'Vegetarian menu: no meat or fish, also in stocks and desserts (gelatine).',
  },
  {
    label: 'halal food',
    asked: /\bhalal\b/i,
    forbids: /\b(?:pork|hog|bacon|ham)\b/i,
    note: 'Halal: certified caterer, separate kitchen line; settle with the hosts whether any alcohol is served at all.',
  },
  {
    label: 'kosher food',
    asked: /\bkosher\b/i,
    forbids: /\b(?:pork|hog|bacon|ham|shellfish|seafood|oysters?)\b/i,
    note: 'Kosher: supervised caterer and kitchen; avoid Friday evening and Saturday.',
  },
  {
    label: 'Jain food',
    asked: /\bjain\b/i,
    forbids: /\b(?:meat|beef|pork|chicken|fish|seafood|egg)\b/i,
    note: 'Jain menu: vegetarian without root vegetables; dinner before sunset where guests ask for it.',
  },
  {
    label: 'gluten-free food',
    asked: /\bgluten[- ]free\b|\b(?:no|without) gluten\b|\bcoeliacs?\b|\bceliacs?\b/i,
    note: 'Gluten-free: separate utensils and labelled dishes.',
  },
  {
    label: 'nut-free food',
    asked: /\bnut[- ]free\b|\b(?:no|without) nuts\b|\bnut allerg\w+\b/i,
    note: 'Nut-free: written confirmation by caterer and baker, no home-made food without a list of ingredients.',
  },
  {
    label: 'wheelchair access',
    asked: /\bwheel-?chairs?\b|\baccessib\w+\b|\bstep[- ]free\b|\bdisab(?!le\b)\w+\b|\bmobility\b/i,
    note: 'Access: step-free route from the street to every room, accessible toilet on the same level, 90 cm doors, and reserved seats with companions; check on site with a tape measure.',
  },
  {
    label: 'pets welcome',
    asked: /\b(?:pet|dog)[- ]friendly\b/i,
    note: 'Pets: water bowls, a shaded corner, and the venue’s consent in writing.',
  },
  {
    label: 'quiet space',
    asked: /\b(?:quiet (?:room|space|area)|sensory[- ]friendly|autis\w+)\b/i,
    note: 'Quiet room: away from loudspeakers, dimmed light, open all the time.',
  },
];
