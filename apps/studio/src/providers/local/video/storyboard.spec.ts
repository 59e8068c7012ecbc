import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beatsOf, shortened, storyboard, subjectOf } from './storyboard.js';

const board = (prompt: string, seconds = 10, images = 0) =>
  storyboard({ prompt, frames: seconds * 24, fps: 24, images });

describe('storyboard', () => {
  it.each([
    ['Create a 10 second promo video for "DevConf": a keynote on stage', 'a keynote on stage'],
    ['Please make me a short teaser about a jazz night', 'a jazz night'],
    ['A fox in a snowy forest', 'A fox in a snowy forest'],
    ['I need a birthday video with balloons', 'balloons'],
    ['video', 'video'],
  ])('hears what %j is about', (prompt, told) => {
    expect(subjectOf(prompt)).toBe(told);
  });

  it.each([
    ['One day. Two nights! Three fires?', ['One day', 'Two nights', 'Three fires']],
    [
      'a speaker on stage, robots in the hall, and a party',
      ['a speaker on stage', 'robots in the hall', 'a party'],
    ],
    [
      'Guests arrive, then they dance and finally the cake is cut',
      ['Guests arrive', 'they dance and', 'the cake is cut'],
    ],
    ['a lake', ['a lake']],
  ])('takes %j apart', (told, beats) => {
    expect(beatsOf(told)).toEqual(beats);
  });

  it('gives each beat a scene with its words below, and the title its quotation', () => {
    const { title, shots } = board('"Midsummer Night" A lake at sunset. Guests dance. The band plays.');
    expect(title).toBe('Midsummer Night');
    expect(shots.map(({ caption }) => caption)).toEqual([
      'A lake at sunset',
      'Guests dance',
      'The band plays',
    ]);
  });

  it('does not say below what the title says', () => {
    expect(
      board('a fox in a snowy forest')
        .shots.map(({ caption }) => caption)
        .join(''),
    ).toBe('');
  });

  it('keeps place and time of the whole in a beat that names none', () => {
    const last = board('A wedding on the beach at sunset. Balloons rise.').shots.at(-1);
    expect(last?.prompt).toBe('Balloons rise, beach, sunset, wedding');
  });

  it('shows each given picture once, in order', () => {
    expect(board('our summer', 10, 4).shots.map(({ image }) => image)).toEqual([0, 1, 2, 3]);
  });

  it('uses every frame exactly once, whatever is asked', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 300 }),
        fc.integer({ min: 3, max: 60 }),
        fc.integer({ min: 0, max: 10 }),
        (prompt, seconds, images) => {
          const { shots, frames, fadeFrames, titleFrames, closingFrames } = board(prompt, seconds, images);
          let at = 0;
          for (const shot of shots) {
            expect(shot.from).toBe(at);
            expect(shot.frames).toBeGreaterThan(fadeFrames);
            at += shot.frames;
          }
          expect(at).toBe(frames);
          expect(titleFrames + closingFrames).toBeLessThan(frames);
          if (images === 0) expect(shots.length).toBeGreaterThanOrEqual(2);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('shortened', () => {
  it('never grows and never exceeds its limit', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 4, max: 80 }), (text, limit) => {
        expect(shortened(text, limit).length).toBeLessThanOrEqual(Math.max(limit, 1));
      }),
    );
  });
});
