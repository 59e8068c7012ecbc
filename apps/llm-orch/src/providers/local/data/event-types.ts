export type FamilyId =
  | 'team'
  | 'offsite'
  | 'conference'
  | 'workshop'
  | 'networking'
  | 'launch'
  | 'gala'
  | 'hackathon'
  | 'exhibition'
  | 'festival'
  | 'concert'
  | 'wedding'
  | 'party'
  | 'meal'
  | 'kids'
  | 'shower'
  | 'sport'
  | 'race'
  | 'memorial'
  | 'ceremony'
  | 'picnic'
  | 'generic';

export interface EventType {
  readonly id: string;
  /** As written inside a sentence, without article: "team-building event". */
  readonly label: string;
  readonly family: FamilyId;
  readonly words: RegExp;
}

/** `id|label|family|words`. The words are regular expression source, matched as whole words, case-blind. */
const ROWS: readonly string[] = [
  'team-building|team-building event|team|(?:corporate |company |staff )?team[- ]?(?:building|bonding)(?: (?:event|day|activity|activities|workshop|exercise|session|trip))?',
  'company-day|company day out|team|(?:company|corporate|staff|employee|team) (?:day out|outing|fun day|family day|away day|appreciation (?:event|day))|away[- ]day|family day',
  'offsite|offsite|offsite|(?:corporate |company |team |leadership |sales |executive )*(?:off-?site|kick-?off(?: meeting)?)',
  'retreat|retreat|offsite|(?:corporate |company |team |leadership |wellness |yoga |writing |executive )*retreat',
  'summit|summit|conference|summit',
  'conference|conference|conference|(?:conference|symposium|congress|convention|forum|tedx(?: event)?|un-?conference|conf)(?! (?:cent(?:er|re)|room|hall|call|table|venue|space))',
  "agm|annual general meeting|workshop|annual general meeting|agm|shareholders?[’']? meeting|board meeting|town[- ]hall(?: meeting)?|all[- ]hands(?: meeting)?",
  'workshop|workshop|workshop|workshops?|master-?class|boot-?camp|training(?: (?:day|session|course|program(?:me)?|event))?|cooking class|clinic',
  'seminar|seminar|workshop|seminar|lecture(?: series)?|panel(?: discussion)?|round-?table|study day|briefing|orientation(?: day)?',
  'webinar|webinar|workshop|webinar|virtual event|online event|livestream event',
  'meetup|meetup|networking|meet-?up(?:s)?|user group|community evening',
  'networking|networking event|networking|(?:business )?networking(?: (?:event|evening|night|session|reception|mixer|breakfast|lunch|dinner))?|mixer|open house|client (?:event|reception)|investor (?:day|event)|demo day|pitch (?:night|event|day)',
  'product-launch|product launch|launch|(?:product|brand|book|album|app|software|car|store|company|startup) launch(?: (?:event|party))?|launch (?:event|party)|grand opening|store opening|shop opening|opening (?:night|ceremony)|ribbon[- ]cutting|unveiling|brand activation|pop-?up (?:shop|event)|press conference|press event|inauguration',
  'awards|awards ceremony|gala|awards? (?:ceremony|night|dinner|gala|show|evening)|prize[- ]giving',
  'fundraiser|fundraiser|gala|(?:charity |school )?(?:fund-?raiser|fund-?raising (?:event|dinner|gala|evening))|charity (?:gala|dinner|ball|auction|event|evening)|benefit (?:dinner|gala|concert)|silent auction',
  'gala|gala dinner|gala|(?:corporate |annual |black[- ]tie )?(?:gala(?: (?:dinner|night|evening|event))?|ball(?! game| pit| room)|banquet|black[- ]tie (?:dinner|event))|prom(?: night)?|masquerade',
  'hackathon|hackathon|hackathon|hack-?athon|game jam|code (?:sprint|fest|jam)|hack (?:day|night|week)|datathon|ideathon',
  'trade-show|trade show|exhibition|trade (?:show|fair)|expo(?:sition)?|industry fair',
  'career-fair|career fair|exhibition|hiring (?:event|day|fair)|recruitment (?:event|day)|(?:career|job|recruitment|university|college) (?:fair|expo)',
  'art-exhibition|art exhibition|exhibition|(?:art|photo(?:graphy)?|design|craft) (?:exhibition|exhibit|show|fair)|gallery opening|vernissage',
  "market|market|exhibition|(?:christmas|farmers[’']?|craft|flea|night|makers?[’']?|pop-?up|holiday|vintage) (?:market|bazaar)|bazaar|book fair|science fair",
  'exhibition|exhibition|exhibition|exhibitions?|exhibit|showcase',
  'music-festival|music festival|festival|(?:music|rock|jazz|electronic|edm|indie|folk|blues|techno|reggae|country) (?:festival|fest)',
  'food-festival|food festival|festival|(?:food|wine|beer|street food|culinary|chocolate|cheese|coffee)(?: (?:and|&) \\w+)? (?:festival|fest|fair)|oktoberfest',
  'film-festival|film festival|festival|(?:film|movie|short film|documentary) (?:festival|fest)',
  'cultural-festival|festival|festival|(?:cultural|arts?|literary|literature|college|community|diwali|holi|lantern|spring|summer|winter|harvest|garden|pride|dance|theatre) (?:festival|fest|mela)|festival|fest|mela|carnival|street (?:fair|party|festival)|block party|parade|fun ?fair|county fair',
  'concert|concert|concert|(?:live |charity |rock |jazz |classical |open[- ]air |rooftop )?(?:concert|gig|recital|music night|live music (?:night|event|evening)|(?:jazz|rock|blues|soul|folk|indie|salsa|flamenco|opera|piano) (?:night|evening)|battle of the bands)',
  'show|show|concert|comedy (?:night|show)|stand-?up (?:night|show|comedy)|open[- ]mic(?: night)?|theat(?:re|er) (?:night|show|production|play)|talent show|magic show|poetry (?:night|slam|reading)|book reading|movie (?:night|premiere|screening)|film (?:premiere|screening)|quiz night|karaoke night',
  'fashion-show|fashion show|concert|fashion (?:show|week)|runway show',
  'anniversary|anniversary party|party|(?:wedding |silver |golden |company )?anniversary(?: (?:party|celebration|dinner))?',
  'bridal-shower|bridal shower|shower|(?:bridal|wedding) shower|kitchen tea',
  'bachelor|bachelor or hen party|party|(?:bachelor(?:ette)?|stag|hen)(?: (?:party|do|night|weekend))',
  'engagement|engagement party|party|engagement(?: (?:party|celebration|ceremony|dinner))|proposal(?: dinner| party)',
  'rehearsal-dinner|rehearsal dinner|party|rehearsal dinner',
  'sangeet|sangeet|party|sangeet(?: (?:night|ceremony))?|mehndi(?: (?:night|ceremony|party))?|haldi(?: ceremony)?',
  'wedding|wedding|wedding|(?:destination |beach |garden |church |indian |hindu |muslim |jewish |christian |punjabi |rustic |intimate |micro[- ]?|small |big |civil )*(?:wedding(?: (?:reception|ceremony|celebration|party|day|weekend))?|nikah|nikkah|marriage ceremony|elopement|vow renewal|walima)',
  "kids-birthday|children’s birthday party|kids|(?:kid|child|toddler)(?:[’']?s|ren[’']?s)?[’']? (?:birthday(?: (?:party|celebration))?|party|tea party)|birthday(?: party)? for (?:kids|children|toddlers)",
  'surprise-birthday|surprise birthday party|party|surprise (?:\\d+(?:st|nd|rd|th) )?birthday(?: (?:party|dinner|celebration|bash))?|birthday surprise',
  'sweet-sixteen|sweet sixteen party|party|sweet (?:sixteen|16)(?: (?:party|birthday))?',
  'quinceanera|quinceañera|party|quincea[nñ]era(?: party)?',
  'bar-mitzvah|bar or bat mitzvah|party|ba[rt] mitzvah',
  "birthday|birthday party|party|(?:milestone )?(?:birthday(?: (?:party|celebration|bash|dinner|event|brunch|lunch))?|b-?day(?: party)?|(?<=[’']s )(?:18|21|[3-9][05]|100)(?:th|st)(?! (?:wedding|anniversary|of|edition)))",
  'surprise-party|surprise party|party|surprise (?:party|celebration)',
  'baby-shower|baby shower|shower|baby shower|gender reveal(?: party)?|sprinkle',
  'naming|naming ceremony|shower|christening(?: party)?|baptism(?: party)?|naming ceremony|first communion',
  'graduation-ceremony|graduation ceremony|ceremony|(?:graduation|commencement|convocation)(?: ceremony)|convocation|commencement|swearing[- ]in|medal ceremony|flag ceremony',
  'graduation|graduation party|party|graduation(?: (?:party|celebration|dinner))?|grad party',
  'retirement|retirement party|party|retirement(?: (?:party|dinner|celebration|do))|farewell(?: (?:party|dinner|do|lunch))?|leaving (?:party|do)|going[- ]away party|send-?off',
  'housewarming|housewarming party|party|house-?warming(?: party)?',
  'reunion|reunion|party|(?:family|class|school|college|alumni|high[- ]school)(?: and \\w+)? reunion|reunion',
  "new-year|New Year’s party|party|new year[’']?s?(?: eve)? (?:party|celebration|bash|gala)|nye party",
  'holiday-party|holiday party|party|(?:office |company |staff |team |corporate )?(?:christmas|xmas|holiday|end[- ]of[- ]year|year[- ]end|festive|thanksgiving|easter) (?:party|dinner|lunch|celebration|do|event)',
  'diwali-party|Diwali party|party|diwali (?:party|celebration|night|dinner|event)|diwali celebration',
  'eid-party|Eid celebration|party|eid (?:party|celebration|dinner)|iftar(?: (?:party|dinner|event))?',
  'halloween|Halloween party|party|halloween (?:party|event|bash)',
  'office-party|office party|party|(?:office|company|staff|summer|work|team) (?:party|celebration|social)',
  "business-meal|dinner|meal|(?:corporate|company|client|customer|team|staff|office|business|board|investor|partner|press|networking|welcome|family|group|working|executive|vip)s?[’']? (?:dinner|lunch(?:eon)?|breakfast|supper)",
  'dinner-party|dinner party|party|(?:private |birthday )?dinner party|supper club|tasting (?:dinner|menu|evening)|wine tasting|whisky tasting|garden party|cocktail (?:party|reception|evening)|pool party|house party|murder mystery(?: party| dinner)?|game night|private dinner',
  'brunch|brunch|shower|(?:[a-z]+ )?brunch|high tea|afternoon tea|tea party',
  'marathon|running event|race|(?:half[- ])?marathon|fun run|charity (?:run|walk)|(?:5|10)k (?:run|race|walk)|(?<=(?:\\ba|the|our|annual|charity|park|city) )(?:5|10)k|triathlon|cycle race|bike race|walkathon|colou?r run',
  'tournament|tournament|sport|(?:\\w+ )?(?:tournament|championship|cup final|league final)|e-?sports (?:event|final|night)|golf (?:day|outing|tournament)|cricket match|football match',
  'sports-day|sports day|sport|(?:school |company |corporate )?(?:sports? (?:day|event|meet)|olympics|field day)',
  'memorial|memorial service|memorial|memorial(?: (?:service|event|gathering|dinner))?|funeral(?: (?:service|reception))?|celebration of life|wake(?! up)|remembrance (?:service|ceremony)|condolence (?:meeting|gathering)|prayer meeting',
  'picnic|picnic|picnic|(?:company |family |office |community )?(?:picnic|barbecue|bbq|cook-?out|pot-?luck|crawfish boil|clam ?bake)',
  'community-day|community event|picnic|community (?:event|day|gathering|clean-?up)|school (?:fair|f[êe]te)|f[êe]te|open day|volunteer(?:ing)? day|clean-?up day|charity event',
  'party|party|party|party|celebration|bash|shindig|soir[ée]e',
  'meal|dinner|meal|dinner|lunch(?:eon)?|breakfast|supper',
  'corporate-event|corporate event|networking|(?:corporate|company|business|client) (?:event|function|meeting|gathering)',
  'event|event|generic|event|function|gathering|get-?together|meeting|ceremony',
];

export const EVENT_TYPES: readonly EventType[] = ROWS.map((row) => {
  const [id = '', label = '', family = 'generic', ...words] = row.split('|');
  return {
    id,
    label,
    family: family as FamilyId,
    words: new RegExp(`(?<![\\p{L}\\d-])(?:${words.join('|')})(?![\\p{L}])`, 'giu'),
  };
});

/** What a prompt without any event word is about. */
export const GENERIC_EVENT: EventType = { id: 'event', label: 'event', family: 'generic', words: /(?!)/g };
