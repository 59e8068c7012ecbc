import type { Random } from '../images/random.js';
import type { MusicBrief } from './music-brief.js';

const FIRST: Readonly<Record<string, readonly [string, ...string[]]>> = {
  happy: ['Sunlit', 'Golden', 'Open'],
  energetic: ['Rising', 'Running', 'Electric'],
  calm: ['Still', 'Quiet', 'Drifting'],
  sad: ['Fading', 'Distant', 'Autumn'],
  dark: ['Hidden', 'Midnight', 'Shadow'],
  romantic: ['Tender', 'Moonlit', 'Velvet'],
  epic: ['Boundless', 'Towering', 'Bright'],
  neutral: ['First', 'Northern', 'Clear'],
};
const SECOND = ['Steps', 'Horizon', 'Hours', 'Lights', 'Waters', 'Avenue', 'Signals', 'Garden'] as const;

/** A name for the piece; none of the prompt's words is copied into it. */
export function musicTitle({ mood }: MusicBrief, random: Random): string {
  const first = random.pick(FIRST[mood] ?? ['First', 'Northern', 'Clear']);
  return `${first} ${random.pick(SECOND)}`;
}
