interface Language {
  readonly name: string;
  /** Words of everyday speech that tell it from its neighbours. */
  readonly marks: RegExp;
  /** `foreign words = English`, longest reading first; regular expression source, whole words, case-blind. */
  readonly words: readonly string[];
}

/**
 * The words of an event enquiry in the languages that come most often. Not a translation: numbers, names and whatever
 * is not listed stay as they are, and the readers take what they know.
 */
const LANGUAGES: readonly Language[] = [
  {
    name: 'Spanish',
    marks:
      /(?<![\p{L}])(?:el|la|los|las|para|con|una?|en|del?|boda|fiesta|invitados|presupuesto|personas|por|y|sin|mil|cumpleaños|organi[cz]a\w*|planifica\w*|necesitamos|queremos)(?![\p{L}])/giu,
    words: [
      '(?:planifica|organiza|planear|organizar|planea)r? = plan',
      'fiesta de cumpleaños|cumpleaños = birthday party',
      'boda = wedding',
      'conferencia|congreso = conference',
      'cena de gala = gala dinner',
      'cena de empresa = company dinner',
      'cena = dinner',
      'almuerzo|comida = lunch',
      'fiesta = party',
      'concierto = concert',
      'taller = workshop',
      'reuni[oó]n = meeting',
      'lanzamiento de producto = product launch',
      'invitad[oa]s = guests',
      'personas = people',
      'asistentes = attendees',
      'niñ[oa]s = children',
      'presupuesto(?: de)? = budget',
      'sin = without',
      'alcohol = alcohol',
      'm[uú]sica = music',
      'vegetarian[oa]s? = vegetarian',
      'al aire libre = outdoors',
      'accesible(?: en silla de ruedas)? = wheelchair accessible',
      'un[oa]s?|una? = a',
      'millones(?: de)? = million',
      'mil = thousand',
      'd[ií]as = days',
    ],
  },
  {
    name: 'French',
    marks:
      /(?<![\p{L}])(?:le|les|des|du|pour|avec|une|dans|mariage|invités|personnes|sans|et|nous|à|organise[rz]?|fête|soirée|entreprise|anniversaire|budget de|conférence)(?![\p{L}])/giu,
    words: [
      'organise[rz]?|planifie[rz]? = plan',
      "fête d[’']anniversaire|anniversaire = birthday party",
      'mariage = wedding',
      'conférence|colloque|congrès = conference',
      'dîner de gala|gala = gala dinner',
      'dîner = dinner',
      'déjeuner = lunch',
      'fête|soirée = party',
      'concert = concert',
      'atelier = workshop',
      'séminaire = seminar',
      'lancement de produit = product launch',
      'invités = guests',
      'personnes = people',
      'participants = participants',
      'enfants = children',
      'budget(?: de)? = budget',
      'sans = without',
      'alcool = alcohol',
      'musique = music',
      'végétarien(?:ne)?s? = vegetarian',
      'en plein air = outdoors',
      'accessible(?: en fauteuil roulant)? = wheelchair accessible',
      'une? = a',
      'mille = thousand',
      'jours = days',
      'le (?=\\d) = on ',
      'à (?=\\p{Lu}) = in ',
    ],
  },
  {
    name: 'German',
    marks:
      /(?<![\p{L}])(?:der|die|das|für|mit|ein|eine|und|Gäste|Personen|Leute|ohne|kein|keine|am|im|Mitarbeiter|Weihnachtsfeier|Sommerfest|vegetarisch|Euro|wir|Hochzeit|Feier|Geburtstag\w*|Konferenz|Uhr)(?![\p{L}])/giu,
    words: [
      'plane?n?|organisiere?n? = plan',
      'Geburtstagsfeier|Geburtstagsparty|Geburtstag = birthday party',
      'Hochzeit = wedding',
      'Konferenz|Tagung|Kongress = conference',
      'Galadinner|Gala = gala dinner',
      'Firmenfeier|Betriebsfeier = company party',
      'Weihnachtsfeier = christmas party',
      'Sommerfest = summer party',
      'Abendessen = dinner',
      'Mittagessen = lunch',
      'Feier|Party = party',
      'Konzert = concert',
      'Workshop = workshop',
      'Produkteinführung = product launch',
      'Gästen?|Gaeste = guests',
      'Mitarbeitern?|Mitarbeiterinnen|Kollegen = employees',
      'Personen|Leute = people',
      'Teilnehmer(?:n|innen)? = participants',
      'Kindern? = children',
      'Budget = budget',
      'kein(?:e[nrs]?)?|ohne = no',
      'eine?[nrms]? = a',
      'Alkohol = alcohol',
      'Musik = music',
      'vegetarisch = vegetarian',
      'im Freien|draußen = outdoors',
      'barrierefrei|rollstuhlgerecht = wheelchair accessible',
      'Tausend = thousand',
      'Tagen? = days',
      'Uhr = o’clock',
      'für = for',
      '(?<=\\d)\\.(?= (?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)) = ',
    ],
  },
  {
    name: 'Italian',
    marks:
      /(?<![\p{L}])(?:il|gli|per|con|una|matrimonio|invitati|persone|senza|festa|compleanno|della|nel|organizzare|di)(?![\p{L}])/giu,
    words: [
      'organizzare|pianificare = plan',
      'festa di compleanno|compleanno = birthday party',
      'matrimonio = wedding',
      'conferenza|convegno = conference',
      'cena di gala = gala dinner',
      'cena = dinner',
      'pranzo = lunch',
      'festa = party',
      'concerto = concert',
      'invitati|ospiti = guests',
      'persone = people',
      'bambini = children',
      'senza = without',
      'alcol(?:ici)? = alcohol',
      'musica = music',
      'vegetarian[oiae] = vegetarian',
      "all[’']aperto = outdoors",
      'un[oa]? = a',
      'mila = thousand',
      'giorni = days',
      'a (?=\\p{Lu}) = in ',
    ],
  },
  {
    name: 'Portuguese',
    marks:
      /(?<![\p{L}])(?:para|com|uma|em|casamento|convidados|pessoas|sem|festa|aniversário|orçamento|não|do|da)(?![\p{L}])/giu,
    words: [
      'organizar|planejar|planear = plan',
      'festa de aniversário|aniversário = birthday party',
      'casamento = wedding',
      'conferência|congresso = conference',
      'jantar de gala = gala dinner',
      'jantar = dinner',
      'almoço = lunch',
      'festa = party',
      'convidados = guests',
      'pessoas = people',
      'crianças = children',
      'orçamento(?: de)? = budget',
      'sem = without',
      'álcool = alcohol',
      'música = music',
      'vegetarian[oa]s? = vegetarian',
      'ao ar livre = outdoors',
      'uma? = a',
      'mil = thousand',
      'dias = days',
      'em (?=\\p{Lu}) = in ',
    ],
  },
  {
    name: 'Hindi',
    marks: /[\p{Script=Devanagari}]+/gu,
    words: [
      'शादी|विवाह = wedding',
      'जन्मदिन(?: की पार्टी)? = birthday party',
      'सम्मेलन = conference',
      'संगीत समारोह = concert',
      'पार्टी = party',
      'रात्रिभोज|डिनर = dinner',
      'मेहमानों|मेहमान|अतिथियों = guests',
      'लोगों|लोग = people',
      'बच्चों|बच्चे = children',
      'बजट = budget',
      'लाख = lakh',
      'करोड़ = crore',
      'हज़ार|हजार = thousand',
      'रुपये|रुपए|रुपयों = rupees',
      'बिना शराब(?: के)? = no alcohol',
      'शाकाहारी = vegetarian',
      'मुंबई = Mumbai',
      'दिल्ली = Delhi',
      'बेंगलुरु = Bengaluru',
      'जयपुर = Jaipur',
      'पुणे = Pune',
      'हैदराबाद = Hyderabad',
      'चेन्नई = Chennai',
      'कोलकाता = Kolkata',
      'गोवा = Goa',
    ],
  },
];

/** Month names in one table: those that English does not share. */
const MONTHS =
  'enero|janvier|januar|gennaio|janeiro|जनवरी=January;febrero|février|februar|febbraio|fevereiro|फरवरी=February;marzo|mars|märz|março|मार्च=March;abril|avril|aprile|अप्रैल=April;mayo|mai|maggio|maio|मई=May;junio|juin|juni|giugno|junho|जून=June;julio|juillet|juli|luglio|julho|जुलाई=July;agosto|août|अगस्त=August;septiembre|septembre|settembre|setembro|सितंबर=September;octubre|octobre|oktober|ottobre|outubro|अक्टूबर=October;noviembre|novembre|नवंबर=November;diciembre|décembre|dezember|dicembre|dezembro|दिसंबर=December'.split(
    ';',
  );
const ENGLISH =
  /(?<![\p{L}])(?:the|an?|for|with|and|of|in|on|we|plan|guests|people|budget|please|is|to)(?![\p{L}])/giu;
const LEAST_MARKS = 2;

const COMPILED = LANGUAGES.map(({ name, marks, words }) => ({
  name,
  marks,
  words: [...words.map((line) => line.split(' = ')), ...MONTHS.map((line) => line.split('='))].map(
    ([foreign = '', english = '']): readonly [RegExp, string] => [
      new RegExp(`(?<![\\p{L}\\p{M}])(?:${foreign})(?![\\p{L}\\p{M}])`, 'giu'),
      english,
    ],
  ),
}));

/**
 * The text with the event words of another language in English, when that language is plainly spoken; else as it was.
 * Dates lose the "de" between their parts.
 */
export function inEnglish(text: string): { text: string; language?: string } {
  const english = count(text, ENGLISH);
  const [best] = COMPILED.map((language) => ({ language, marks: count(text, language.marks) })).sort(
    (a, b) => b.marks - a.marks,
  );
  if (!best || best.marks < LEAST_MARKS || best.marks <= english) return { text };
  const { name, words } = best.language;
  const read = words
    .reduce((all, [foreign, said]) => all.replace(foreign, said), text)
    .replace(/\b(\d{1,2}\.?) (?:de|di) (?=[A-Z])/g, '$1 ')
    .replace(/\b([A-Z][a-z]+) (?:de|di|del) (?=20\d\d)/g, '$1 ');
  return { text: read, language: name };
}

function count(text: string, marks: RegExp): number {
  return text.match(marks)?.length ?? 0;
}
