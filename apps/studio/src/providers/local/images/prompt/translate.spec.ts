import { describe, expect, it } from '@jest/globals';
import { CJK_WORDS, DEVANAGARI_WORDS, FOREIGN_WORDS, LANGUAGES } from './foreign-words.js';
import { parsePrompt } from './parse.js';
import { inEnglish } from './translate.js';

const arts = (prompt: string): string[] =>
  parsePrompt(prompt).subjects.map(({ art, count }) => (count === 1 ? art : `${art}*${count}`));

describe('prompts in other languages', () => {
  it.each<[string, string, string[]]>([
    [
      'Una boda en la playa con un perro y dos bicicletas',
      'beach',
      ['icon:dog', 'icon:bicycle*2', 'draw:couple'],
    ],
    ['Ein Weihnachtsmarkt im Schnee mit einem großen Tannenbaum', 'snowfield', ['icon:christmas-tree']],
    [
      'Un mariage au château avec trois ballons rouges et un chat noir',
      'garden',
      ['icon:castle', 'icon:balloon*3', 'icon:black-cat'],
    ],
    ['Festa junina na rua com três crianças e uma fogueira', 'street', ['draw:child*3', 'icon:fire']],
    ['Festa di compleanno con palloncini e torta, due cani', 'room', ['icon:birthday-cake', 'icon:dog*2']],
    [
      '桜の木の下でのお花見、富士山と提灯',
      'garden',
      ['icon:cherry-blossom', 'icon:mount-fuji', 'icon:red-paper-lantern*3'],
    ],
    ['海辺の結婚式', 'beach', ['draw:couple']],
    ['दिवाली उत्सव में दीये और आतिशबाजी', 'street', ['draw:diya*5']],
    ['Hochzeit', 'garden', ['draw:couple']],
  ])('%s', (prompt, setting, expected) => {
    expect(arts(prompt)).toEqual(expect.arrayContaining(expected));
    expect(parsePrompt(prompt).setting).toBe(setting);
  });

  it('keep their negations and their colours', () => {
    const { subjects } = parsePrompt('Un coche rojo y una mujer sin globos');
    expect(subjects.map(({ art, colour }) => [art, colour])).toEqual([
      ['draw:sports-car', expect.stringMatching(/^#/)],
      ['draw:person-casual', undefined],
    ]);
  });

  it.each([
    'A vibrant tech conference poster with modern design',
    'Chat with the die hard fans in Des Moines',
    'La La Land party',
    'A See food festival',
    'The main stage at Las Vegas',
    'Pan flute concert',
    'A kind man in a rot iron gate',
    'Harbour Lights Jazz Evening Cais do Sodré',
  ])('are told from English: %s', (prompt) => expect(inEnglish(prompt)).toBe(prompt));

  it('only know words that the composer knows', () => {
    const tables = [CJK_WORDS, DEVANAGARI_WORDS, ...LANGUAGES.map((language) => FOREIGN_WORDS[language])];
    const english = new Set(tables.flatMap((table) => [...table.values()]));
    expect([...english].filter((words) => parsePrompt(words).undrawn.length > 0)).toEqual([]);
  });
});

describe('brand colours', () => {
  it('are read where they are written in hex, and a hash tag is a word', () => {
    const { colours, undrawn, subjects } = parsePrompt(
      'A red car at a #wedding, brand colours #FF00AA and #00ff66',
    );
    expect(colours).toEqual(['#ff00aa', '#00ff66']);
    expect(undrawn).toEqual([]);
    expect(subjects.map(({ art }) => art)).toContain('draw:couple');
  });
});

it('no more than two bands fit a picture', () => {
  const { subjects, notes } = parsePrompt('Twelve bands on three stages');
  expect(subjects).toContainEqual(expect.objectContaining({ art: 'draw:band', count: 2 }));
  expect(notes.join()).toContain('12 x "bands" were asked for, 2 are drawn');
});
