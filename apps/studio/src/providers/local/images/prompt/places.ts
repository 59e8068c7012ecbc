import type { Setting } from './brief.js';

/** A setting word: the setting and, optionally, decor that comes with it. */
export interface SettingWord {
  readonly setting: Setting;
  readonly decor?: readonly string[];
}

const words = (setting: Setting, list: string, decor?: readonly string[]): Array<[string, SettingWord]> =>
  list.split('|').map((word) => [word, { setting, decor }]);

/** Words for places. Longer phrases win over shorter ones; all are singular. */
export const SETTING_WORDS: ReadonlyMap<string, SettingWord> = new Map([
  ...words(
    'mountain',
    'mountain|alp|peak|hill|hilltop|valley|summit view|himalaya|ridge|highland|hill station',
  ),
  ...words('beach', 'beach|seaside|shore|coast|tropical island|island|beachfront|sand'),
  ...words('sea', 'sea|ocean|harbour|harbor|marina|cruise|bay|yacht party|pier'),
  ...words('lake', 'lake|lakeside|river|riverside|pond|waterfall|fjord'),
  ...words('city', 'city|skyline|downtown|cityscape|metropolis|rooftop|skyscraper|urban|high rise'),
  ...words('street', 'street|road|market street|avenue|alley|highway|town|village street'),
  ...words('forest', 'forest|wood|woodland|jungle|rainforest|grove'),
  ...words('desert', 'desert|dune|sahara|oasis'),
  ...words(
    'countryside',
    'countryside|field|meadow|farm|vineyard|village|rural|prairie|pasture|grassland|savanna|safari|barn|orchard',
  ),
  ...words(
    'garden',
    'garden|park|backyard|lawn|courtyard|terrace|picnic area|playground|golf course|poolside|pool',
  ),
  ...words('snowfield', 'snowfield|arctic|north pole|ski resort|ski slope|glacier|antarctica'),
  ...words('camp', 'campsite|campground'),
  ...words('stadium', 'stadium|arena|pitch|track'),
  ...words(
    'hall',
    'ballroom|hall|banquet hall|palace|mandap|banquet|church interior|wedding hall|hotel lobby|lobby|theatre|theater|museum|gallery',
  ),
  ...words('stage', 'stage|auditorium|podium|runway|catwalk'),
  ...words(
    'conference',
    'conference hall|conference room|conference centre|conference center|convention centre|convention center|lecture hall',
  ),
  ...words('room', 'room|living room|house interior|home|bedroom|kitchen|classroom|nursery'),
  ...words('office', 'office|boardroom|meeting room|workspace|coworking|startup office|desk'),
  ...words('restaurant', 'restaurant|cafe|coffee shop|bar|dining room|bistro|pub|bakery|winery'),
  ...words('club', 'nightclub|night club|dance floor|disco|dancefloor|club'),
  ...words('expo', 'exhibition hall|expo hall|fairground hall|booth|trade show floor'),
  ...words('space', 'space|outer space|galaxy|cosmos|planet|orbit|universe|nebula'),
  ...words('underwater', 'underwater|coral reef|aquarium|deep sea|seabed'),
  ...words('abstract', 'abstract|gradient|pattern|geometric|texture|wallpaper|background|backdrop|bokeh'),
]);

/** A city or country: what suggests it (never its real buildings; the caller is told). */
export interface Place {
  readonly setting: Setting;
  readonly art: readonly string[];
  readonly skyline: boolean;
}

const place = (setting: Setting, art: string, skyline = setting === 'city'): Place => ({
  setting,
  art: art === '' ? [] : art.split('|'),
  skyline,
});

/** A small gazetteer: places whose mood can be told with what we can draw. */
export const PLACES: ReadonlyMap<string, Place> = new Map([
  ['mumbai', place('city', 'draw:gateway|icon:auto-rickshaw|icon:palm-tree')],
  ['bombay', place('city', 'draw:gateway|icon:auto-rickshaw|icon:palm-tree')],
  ['delhi', place('city', 'draw:gateway|icon:auto-rickshaw')],
  ['new delhi', place('city', 'draw:gateway|icon:auto-rickshaw')],
  ['bangalore', place('city', 'icon:auto-rickshaw|icon:deciduous-tree')],
  ['bengaluru', place('city', 'icon:auto-rickshaw|icon:deciduous-tree')],
  ['chennai', place('city', 'icon:hindu-temple|icon:auto-rickshaw')],
  ['kolkata', place('city', 'icon:oncoming-taxi')],
  ['hyderabad', place('city', 'icon:mosque')],
  ['jaipur', place('city', 'icon:elephant|draw:gateway')],
  ['udaipur', place('lake', 'icon:castle')],
  ['goa', place('beach', 'icon:palm-tree', false)],
  ['kerala', place('lake', 'icon:palm-tree|icon:canoe')],
  ['india', place('city', 'icon:hindu-temple|icon:elephant')],
  ['paris', place('city', 'draw:iron-tower')],
  ['london', place('city', 'icon:bus')],
  ['tokyo', place('city', 'icon:tokyo-tower|icon:shinto-shrine')],
  ['kyoto', place('garden', 'icon:shinto-shrine|icon:cherry-blossom')],
  ['japan', place('mountain', 'icon:mount-fuji|icon:shinto-shrine')],
  ['new york', place('city', 'icon:statue-of-liberty|icon:taxi')],
  ['nyc', place('city', 'icon:statue-of-liberty|icon:taxi')],
  ['manhattan', place('city', 'icon:taxi')],
  ['san francisco', place('city', 'icon:tram')],
  ['las vegas', place('city', 'icon:slot-machine')],
  ['hawaii', place('beach', 'icon:palm-tree|icon:hibiscus', false)],
  ['bali', place('beach', 'icon:palm-tree|icon:hindu-temple', false)],
  ['maldives', place('beach', 'icon:palm-tree', false)],
  ['miami', place('beach', 'icon:palm-tree', true)],
  ['rio', place('beach', 'icon:palm-tree', true)],
  ['dubai', place('city', 'icon:palm-tree|icon:two-hump-camel')],
  ['egypt', place('desert', 'icon:two-hump-camel', false)],
  ['rome', place('city', 'icon:classical-building')],
  ['athens', place('city', 'icon:classical-building')],
  ['greece', place('sea', 'icon:classical-building', false)],
  ['tuscany', place('countryside', 'icon:evergreen-tree|icon:grapes', false)],
  ['switzerland', place('mountain', '', false)],
  ['lisbon', place('city', 'icon:tram-car')],
  ['istanbul', place('city', 'icon:mosque')],
  ['singapore', place('city', 'icon:palm-tree')],
  ['sydney', place('sea', 'icon:sailboat', true)],
  ['china', place('mountain', 'icon:red-paper-lantern', false)],
  ['mexico', place('desert', 'icon:cactus', false)],
  ['berlin', place('city', '')],
  ['chicago', place('city', '')],
  ['amsterdam', place('city', 'icon:bicycle|icon:tulip')],
  ['barcelona', place('city', 'icon:palm-tree')],
  ['venice', place('lake', 'icon:canoe', false)],
]);
