import type { Setting } from './brief.js';

/** What an event brings into a picture unless the prompt says otherwise. */
export interface EventKind {
  readonly name: string;
  /** Used when no word of the prompt names a place. */
  readonly setting: Setting;
  /** `art*count` items; labels are taken from the art. */
  readonly art: readonly string[];
  readonly decor: readonly string[];
  readonly night?: boolean;
}

const kinds: Array<[string, EventKind]> = [];

function event(words: string, setting: Setting, art: string, decor = '', night = false): void {
  const list = words.split('|');
  const kind = {
    name: list[0] ?? '',
    setting,
    art: art.split(' ').filter(Boolean),
    decor: decor.split(' ').filter(Boolean),
    night,
  };
  for (const word of list) kinds.push([word, kind]);
}

event(
  'conference|summit|keynote|seminar|symposium|convention|tech talk|panel discussion|webinar|townhall|town hall|lecture|ted talk|congress',
  'conference',
  'draw:speaker icon:laptop',
  'screen audience',
);
event(
  'hackathon|coding event|workshop|bootcamp|training session',
  'office',
  'icon:laptop*2 draw:person-casual*3 icon:light-bulb',
  '',
);
event(
  'meeting|board meeting|interview|networking|networking event|business event',
  'office',
  'draw:person-business*4',
  '',
);
event(
  'team building|corporate team building|team building event|teambuilding|offsite|retreat|company outing|corporate retreat|team outing',
  'garden',
  'draw:person-casual*5 icon:puzzle-piece icon:soccer-ball',
  'bunting',
);
event('corporate|business|corporate event', 'hall', 'draw:person-business*4', '');
event(
  'product launch|launch event|launch|unveiling',
  'stage',
  'draw:speaker icon:rocket',
  'spotlights audience',
);
event(
  'award ceremony|awards|award night|award',
  'stage',
  'icon:trophy draw:person-formal*2',
  'spotlights confetti',
  true,
);
event('trade show|expo|exhibition|fair booth|job fair|career fair', 'expo', 'draw:person-business*3', '');
event('wedding|marriage|vows|nuptial|wedding ceremony', 'garden', 'draw:couple', 'petals');
event(
  'indian wedding|sangeet|mehndi|mehendi|haldi|baraat',
  'hall',
  'draw:couple-indian draw:diya*2 icon:hibiscus*2',
  'garland petals',
);
event(
  'engagement|proposal|anniversary',
  'garden',
  'draw:couple-evening icon:ring icon:rose*2',
  'lights hearts',
);
event(
  'reception|gala|gala dinner|gala night|banquet|charity gala|ball|cocktail party|black tie|fundraiser|soiree',
  'hall',
  'draw:person-formal*3 draw:banquet-table',
  'chandelier',
  true,
);
event('prom|graduation ball', 'hall', 'draw:person-formal*4 icon:mirror-ball', 'chandelier confetti', true);
event(
  'birthday|birthday cake|birthday party|kid party|kids party|children party|first birthday|birthday bash',
  'room',
  'icon:birthday-cake icon:balloon*4 icon:wrapped-gift*2',
  'bunting confetti',
);
event(
  'baby shower|christening|baptism|gender reveal',
  'room',
  'icon:teddy-bear icon:baby-bottle icon:balloon*4',
  'bunting',
);
event(
  'graduation|convocation|commencement',
  'garden',
  'draw:person-graduate*3 icon:graduation-cap*2',
  'confetti',
);
event(
  'party|celebration|celebrate|bash|housewarming|farewell',
  'room',
  'icon:balloon*4 draw:person-casual*3',
  'bunting confetti',
);
event('dance party|rave|dj night|dj party|disco party', 'club', 'draw:dancer*3 draw:dj', 'crowd', true);
event(
  'festival|music festival|concert|gig|live music|rock concert|open air|live band',
  'festival',
  'draw:band',
  'crowd spotlights',
  true,
);
event(
  'karaoke|open mic|stand up comedy|comedy night',
  'stage',
  'draw:singer icon:studio-microphone',
  'spotlights audience',
  true,
);
event(
  'diwali|deepavali|festival of lights|diwali celebration|diwali festival|diwali party',
  'street',
  'draw:diya*5 draw:rangoli',
  'fireworks lights',
  true,
);
event('holi|festival of colours|festival of colors', 'garden', 'draw:person-casual*4', 'powder');
event(
  'navratri|garba|durga puja|ganesh chaturthi|onam|pongal',
  'street',
  'draw:dancer*3 draw:diya*3 draw:rangoli',
  'lights garland',
  true,
);
event('eid|ramadan|iftar', 'city', 'icon:mosque icon:red-paper-lantern*2', 'crescent lights', true);
event(
  'christmas|xmas|christmas party|christmas market|noel',
  'snowfield',
  'icon:christmas-tree icon:wrapped-gift*3 icon:snowman',
  'lights snow',
  true,
);
event(
  'halloween|halloween party',
  'countryside',
  'icon:jack-o-lantern*3 icon:ghost icon:bat*3',
  'moon',
  true,
);
event(
  'new year|new year eve|nye|new year party',
  'city',
  'icon:clinking-glasses icon:bottle-with-popping-cork',
  'fireworks',
  true,
);
event(
  'lunar new year|chinese new year|mid autumn festival',
  'street',
  'icon:red-paper-lantern*4 icon:dragon',
  'fireworks',
  true,
);
event('valentine|valentine day|date night', 'garden', 'draw:couple-evening icon:rose*2', 'hearts lights');
event('easter|easter party', 'garden', 'icon:rabbit icon:egg*3 icon:tulip*3', '');
event('thanksgiving|harvest festival', 'room', 'icon:turkey icon:pie icon:ear-of-corn*2', '');
event('independence day|fourth july|republic day', 'city', '', 'fireworks', true);
event('picnic', 'garden', 'icon:sandwich icon:basket icon:watermelon', '');
event('bbq|barbecue|cookout', 'garden', 'draw:person-casual*2 icon:meat-on-bone icon:hamburger', 'lights');
event('pool party|beach party', 'beach', 'icon:tropical-drink*2 icon:beach-with-umbrella', 'bunting');
event(
  'food festival|street food|food market|food truck',
  'street',
  'icon:taco icon:pizza icon:steaming-bowl icon:hamburger',
  'lights bunting',
);
event('wine tasting|tasting', 'countryside', 'icon:wine-glass*2 icon:grapes icon:cheese-wedge', '');
event(
  'dinner|dinner party|lunch|brunch|tea party',
  'restaurant',
  'draw:banquet-table draw:person-formal*2',
  '',
);
event('marathon|race|fun run|10k|5k', 'street', 'draw:runner*4', 'bunting');
event(
  'football match|soccer match|match|tournament|sport event|sports day|sport day|cricket match|league',
  'stadium',
  'draw:runner*3 icon:trophy',
  '',
);
event(
  'yoga|meditation|wellness retreat|yoga retreat',
  'garden',
  'icon:person-in-lotus-position*3 icon:lotus*2',
  '',
);
event('fashion show|fashion week', 'stage', 'draw:person-formal*3', 'spotlights audience');
event(
  'art exhibition|art show|gallery opening|vernissage',
  'hall',
  'icon:framed-picture*3 draw:person-casual*2',
  '',
);
event(
  'movie night|film festival|film premiere|cinema',
  'stage',
  'icon:film-projector icon:popcorn icon:clapper-board',
  'screen audience',
  true,
);
event(
  'theatre play|theatre show|musical|opera|play',
  'stage',
  'icon:performing-arts draw:singer',
  'spotlights audience',
);
event(
  'circus|carnival|funfair|fairground|amusement park',
  'countryside',
  'icon:circus-tent icon:ferris-wheel icon:clown-face',
  'bunting lights',
);
event('camping|camping trip|bonfire|campfire', 'camp', 'icon:tent*2 icon:fire', '', true);
event(
  'blood drive|health camp|medical camp',
  'garden',
  'icon:tent icon:health-worker icon:drop-of-blood',
  '',
);
event('masquerade|masquerade ball', 'hall', 'icon:performing-arts draw:person-formal*3', 'chandelier', true);
event('science fair|robotics', 'expo', 'icon:robot icon:microscope icon:test-tube', '');
event('book fair|book launch|poetry reading', 'hall', 'icon:books*2 draw:speaker', '');

/** Event words (singular), longest phrases first when matched. */
export const EVENT_WORDS: ReadonlyMap<string, EventKind> = new Map(kinds);
