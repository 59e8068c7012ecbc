import type { Layer } from './brief.js';

/** Where a thing goes and how tall it is beside a standing person (1). */
export interface Traits {
  readonly layer: Layer;
  readonly weight: number;
}

const TRAITS: ReadonlyMap<string, Traits> = new Map(
  (
    [
      [
        'air',
        0.62,
        'icon:balloon icon:kite icon:airplane icon:helicopter icon:bat icon:musical-notes icon:bar-chart icon:chart-increasing icon:red-heart icon:parachute icon:flying-saucer icon:honeybee icon:red-paper-lantern icon:mirror-ball icon:butterfly icon:ringed-planet icon:satellite icon:snowflake icon:crescent-moon',
      ],
      [
        'air',
        0.7,
        'icon:eagle icon:dove icon:bird icon:owl icon:rocket icon:light-bulb icon:gear icon:globe-showing-europe-africa icon:ghost icon:parrot icon:piata icon:speech-balloon icon:e-mail',
      ],
      ['air', 1.1, 'draw:hot-air-balloon draw:network'],
      [
        'back',
        1.7,
        'icon:castle icon:church icon:hindu-temple icon:mosque icon:ferris-wheel icon:circus-tent icon:tokyo-tower icon:statue-of-liberty icon:roller-coaster icon:mount-fuji icon:volcano draw:gateway draw:lighthouse draw:bridge draw:iron-tower icon:classical-building icon:office-building icon:hotel icon:school icon:hospital icon:shinto-shrine draw:marquee draw:windmill icon:christmas-tree draw:big-screen',
      ],
      [
        'back',
        1.5,
        'icon:palm-tree icon:evergreen-tree icon:deciduous-tree icon:house-with-garden icon:house icon:wedding icon:bank icon:factory draw:flower-arch draw:band draw:market-stall',
      ],
      [
        'ground',
        1.35,
        'icon:elephant icon:giraffe icon:birthday-cake icon:dragon icon:t-rex icon:bus icon:locomotive draw:couple draw:couple-indian draw:couple-evening draw:chess draw:dj draw:speaker draw:banquet-table icon:tent icon:passenger-ship icon:ship icon:sauropod icon:mammoth',
      ],
      [
        'ground',
        1.05,
        'draw:sports-car draw:person-casual draw:person-business draw:person-formal draw:person-graduate draw:bride draw:groom draw:singer draw:dancer draw:runner icon:horse icon:unicorn icon:moose icon:two-hump-camel icon:auto-rickshaw icon:taxi icon:sport-utility-vehicle icon:fox icon:wolf icon:bear icon:panda icon:lion icon:tiger icon:deer icon:koala icon:polar-bear icon:sailboat icon:motor-boat icon:speedboat icon:fountain',
      ],
      [
        'ground',
        0.72,
        'draw:child icon:poodle icon:rabbit icon:penguin icon:chicken icon:rooster icon:turkey icon:duck icon:swan icon:monkey icon:goat icon:ram icon:ewe icon:fire icon:jack-o-lantern icon:robot',
      ],
      [
        'front',
        0.5,
        'icon:wrapped-gift icon:laptop icon:microphone icon:studio-microphone icon:headphone icon:camera icon:bouquet icon:rose icon:tulip draw:diya icon:ring icon:wine-glass icon:cocktail-glass icon:tropical-drink icon:beer-mug icon:hot-beverage icon:clinking-glasses icon:bottle-with-popping-cork icon:cupcake icon:mobile-phone icon:cricket-game icon:tennis icon:egg icon:graduation-cap icon:red-apple icon:grapes icon:sandwich icon:basket icon:watermelon icon:popcorn icon:cheese-wedge icon:books icon:mushroom icon:hibiscus icon:lotus icon:sunflower icon:cherry-blossom icon:gem-stone icon:crown icon:baby-bottle icon:party-popper icon:seashell icon:spiral-shell icon:crab icon:love-letter icon:briefcase icon:handshake icon:ticket icon:game-die icon:performing-arts icon:megaphone icon:sports-medal icon:teddy-bear icon:artist-palette draw:candles draw:flowers draw:rangoli icon:film-projector icon:clapper-board icon:meat-on-bone icon:hamburger icon:pizza icon:taco icon:steaming-bowl icon:pie icon:ear-of-corn icon:test-tube icon:microscope icon:drop-of-blood icon:frog icon:hedgehog icon:turtle icon:mouse icon:snail',
      ],
      [
        'ground',
        0.95,
        'icon:cat icon:dog icon:trophy icon:snowman icon:chair icon:desktop-computer icon:person-in-lotus-position',
      ],
    ] as const
  ).flatMap(([layer, weight, list]) =>
    list.split(' ').map((art): [string, Traits] => [art, { layer, weight }]),
  ),
);

/** Props that fit in a hand or under an arm. */
const SMALL =
  /^icon:(soccer-ball|basketball|volleyball|american-football|puzzle-piece|ring|egg|ticket|game-die)$/;

/** Where a thing stands and how tall it is; what the table lacks stands in the middle, a little smaller than a person. */
export function traitsOf(art: string): Traits {
  if (SMALL.test(art)) return { layer: 'front', weight: 0.36 };
  return TRAITS.get(art) ?? { layer: 'ground', weight: 0.85 };
}

/** A drawing of several people and their instruments: more than two of them are specks. */
export const GROUP_ART = /^draw:band$/;

/** Art that shows people: left out when the prompt wants none. */
export const HUMAN_ART =
  /^(draw:(person|couple|bride|groom|child|speaker|singer|band|dj|dancer|runner)|decor:(crowd|audience)|icon:(person|woman|man|people|baby|santa|cook|ninja|prince|princess|detective|police|health-worker|farmer|astronaut|skier|snowboarder))/;

/** Art of people in their best clothes: whoever comes to them dresses up as well. */
export const FESTIVE_ART = /^draw:(person-formal|couple)/;

/** Art that an event brings only if the prompt asks for no people of its own. */
export const GENERIC_PEOPLE = /^draw:(person-|dancer|runner)/;
