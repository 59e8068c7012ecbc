import type { Brief, Season, TimeOfDay, Weather } from './brief.js';

const table = <T extends string>(lists: Readonly<Record<T, string>>): ReadonlyMap<string, T> =>
  new Map(
    (Object.keys(lists) as T[]).flatMap((key) =>
      lists[key].split('|').map((word): [string, T] => [word, key]),
    ),
  );

export const TIME_WORDS = table<TimeOfDay>({
  dawn: 'dawn|sunrise|morning|early morning|daybreak',
  day: 'day|daytime|noon|midday|afternoon|sunny|daylight|sunny day',
  sunset: 'sunset|dusk|golden hour|twilight|sundown|evening|sunset sky|romantic evening',
  night:
    'night|midnight|nighttime|moonlight|moonlit|starry|night sky|late night|nocturnal|aurora|northern light|candlelit|candlelight',
});

export const SEASON_WORDS = table<Season>({
  spring: 'spring|springtime|cherry blossom|sakura',
  summer: 'summer|summertime',
  autumn: 'autumn|autumnal|fall color|fall colour|fall foliage',
  winter: 'winter|wintry|icy|frozen|frosty|christmas|xmas',
});

export const WEATHER_WORDS = table<Weather>({
  clear: 'clear sky|cloudless',
  cloudy: 'cloudy|overcast|cloud',
  rain: 'rain|rainy|drizzle|monsoon|raining',
  storm: 'storm|stormy|thunderstorm|lightning',
  snow: 'snow|snowy|snowing|snowfall|blizzard|snow covered',
  fog: 'fog|foggy|mist|misty|haze|hazy',
});

export const MOOD_WORDS = table<Exclude<Brief['mood'], 'neutral'>>({
  vivid:
    'vibrant|vivid|colorful|colourful|bright|energetic|lively|fun|playful|bold|dynamic|electric|festive|neon|exciting|joyful|happy|cheerful|modern|futuristic|tropical',
  calm: 'calm|peaceful|serene|quiet|soft|pastel|relaxing|gentle|tranquil|dreamy|soothing|minimalist|minimal|cosy|cozy|zen|romantic|delicate',
  dark: 'dark|moody|mysterious|spooky|gothic|dramatic|scary|haunted|cinematic|gloomy|melancholic',
  elegant:
    'elegant|luxury|luxurious|classy|sophisticated|glamorous|royal|premium|formal|opulent|chic|exclusive|upscale',
});

export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ['a', 1],
  ['an', 1],
  ['one', 1],
  ['single', 1],
  ['lone', 1],
  ['two', 2],
  ['pair', 2],
  ['both', 2],
  ['three', 3],
  ['trio', 3],
  ['few', 3],
  ['four', 4],
  ['several', 4],
  ['five', 5],
  ['six', 6],
  ['seven', 7],
  ['many', 7],
  ['eight', 8],
  ['nine', 9],
  ['ten', 10],
  ['eleven', 11],
  ['twelve', 12],
  ['dozen', 12],
  ['lots', 8],
  ['herd', 5],
  ['flock', 6],
  ['caravan', 4],
  ['fleet', 4],
  ['bunch', 5],
  ['pack', 4],
  ['hundred', 100],
  ['hundreds', 100],
]);

/** Plurals that do not follow the rules, and words that only look like plurals. */
export const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['children', 'child'],
  ['kids', 'kid'],
  ['men', 'man'],
  ['women', 'woman'],
  ['businessmen', 'businessman'],
  ['businesswomen', 'businesswoman'],
  ['mice', 'mouse'],
  ['geese', 'goose'],
  ['feet', 'foot'],
  ['teeth', 'tooth'],
  ['leaves', 'leaf'],
  ['wolves', 'wolf'],
  ['knives', 'knife'],
  ['loaves', 'loaf'],
  ['bookshelves', 'bookshelf'],
  ['sheep', 'ewe'],
  ['alumni', 'alumni'],
  ['christmas', 'christmas'],
  ['canvas', 'canvas'],
  ['glasses', 'glasses'],
  ['sunglasses', 'sunglasses'],
  ['gas', 'gas'],
  ['bus', 'bus'],
  ['tennis', 'tennis'],
  ['cactus', 'cactus'],
  ['cacti', 'cactus'],
  ['circus', 'circus'],
  ['lotus', 'lotus'],
  ['campus', 'campus'],
  ['focus', 'focus'],
  ['octopus', 'octopus'],
  ['chess', 'chess'],
  ['fairies', 'fairy'],
  ['movies', 'movie'],
  ['cookies', 'cookie'],
  ['selfies', 'selfie'],
  ['las', 'las'],
  ['vegas', 'vegas'],
  ['paris', 'paris'],
  ['athens', 'athens'],
  ['maldives', 'maldives'],
  ['vows', 'vows'],
  ['news', 'news'],
  ['awards', 'award'],
  ['heroes', 'hero'],
  ['tomatoes', 'tomato'],
  ['potatoes', 'potato'],
  ['buses', 'bus'],
  ['alps', 'alp'],
  ['houses', 'house'],
  ['horses', 'horse'],
  ['roses', 'rose'],
  ['vases', 'vase'],
  ['cruises', 'cruise'],
  ['courses', 'course'],
  ['nurses', 'nurse'],
  ['shoes', 'shoe'],
]);

/** Words that ask for nothing to be drawn: grammar, praise, technique. */
export const SILENT_WORDS: ReadonlySet<string> = new Set(
  (
    'the of in on at by with and or for from to into onto over under near beside behind between among around through is are was be being been it its this that these those as some any all each every other another ' +
    'front top side middle centre center left right corner edge foreground background backdrop surrounded filled full featuring including showing depicting containing wearing holding carrying standing sitting looking made using inside outside across along above below within plus also very really quite more most less so such like where while who whose which when they their his her your our my me i we you he she there here not only just about out up down off per via ' +
    'image picture photo photograph photography shot illustration drawing art artwork design render rendering graphic visual poster flyer banner cover card invitation invite scene view style styled themed theme theming type look feel vibe atmosphere ambience ambiance setting composition layout concept event logo brand branding icon thumbnail header hero wallpaper template create generate make draw design produce want need please show give ' +
    'beautiful stunning amazing gorgeous nice pretty lovely cute adorable detailed intricate realistic photorealistic hyperrealistic artistic professional quality high resolution hd 4k 8k ultra sharp crisp clean simple sleek stylish contemporary modern trendy creative unique awesome epic majestic magical whimsical fantastic fantasy surreal grand big large huge small tiny little tall short long wide great best good new old young ancient vintage retro classic traditional rustic bohemian boho industrial ' +
    'warm cool cold hot fresh natural wild lush green-ish rich deep soft light lighting lit bright dim glowing shining sparkling shiny glossy matte smooth vibrant colour color colored coloured tone toned hue shade shadow reflection perspective angle wide-angle close closeup macro portrait landscape horizontal vertical square panorama panoramic isometric 3d 2d flat vector watercolor watercolour oil acrylic pencil sketch cartoon anime comic pixel lowpoly low poly minimal abstract pop line digital ' +
    'vs versus etc charity ceremony bollywood occasion experience corner-of presence year old years day days time annual international national local global-ish official special themed based inspired free open air live fun sponsored upcoming family outdoor indoor outdoors indoors together celebrating enjoying having playing smiling laughing cheering gathering attending happy beautiful-looking set setup space-themed floating flying hanging rising falling running walking driving parked decorated covered lined golden elegant-looking scenic aerial'
  ).split(' '),
);

/** Only the plural means the thing: "lights" hang over a garden, "light" does not. */
export const PLURAL_ONLY: ReadonlySet<string> = new Set([
  'light',
  'wood',
  'note',
  'plate',
  'shape',
  'group',
  'tie',
  'display',
  'goal',
  'tower',
]);
