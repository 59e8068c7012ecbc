import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Palette } from '../images/palette.js';
import type { Brief } from '../images/prompt/brief.js';
import type { Random } from '../images/random.js';
import type { FilmSize } from './sheets.js';

type Kind = 'snow' | 'rain' | 'confetti' | 'motes';

interface Particle {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly speed: number;
  readonly phase: number;
  readonly colour: string;
}

/** Draws what floats through the air, `seconds` after the film's beginning. */
export type DrawAir = (context: SKRSContext2D, seconds: number) => void;

const COUNTS: Readonly<Record<Kind, number>> = { snow: 90, rain: 110, confetti: 46, motes: 22 };
const CELEBRATIONS = /birthday|party|carnival|new-year|festival|gala|graduation|celebration|baby/;

function kindFor({ weather, event, decor, mood }: Brief): Kind {
  if (weather === 'snow') return 'snow';
  if (weather === 'rain' || weather === 'storm') return 'rain';
  return decor.has('confetti') || CELEBRATIONS.test(event ?? '') || mood === 'vivid' ? 'confetti' : 'motes';
}

const wrapped = (value: number): number => value - Math.floor(value);

function drawOne(context: SKRSContext2D, kind: Kind, each: Particle, at: number, size: FilmSize): void {
  const unit = Math.min(size.width, size.height);
  const sway = Math.sin(at * 1.7 + each.phase) * 0.012;
  const y = kind === 'motes' ? wrapped(each.y - at * each.speed * 0.1) : wrapped(each.y + at * each.speed);
  const [px, py] = [wrapped(each.x + sway) * size.width, (y * 1.1 - 0.05) * size.height];
  context.fillStyle = each.colour;
  if (kind === 'rain') {
    context.globalAlpha = 0.3;
    context.fillRect(px, py, Math.max(1, unit * 0.0022), unit * 0.045 * each.size);
  } else if (kind === 'confetti') {
    context.globalAlpha = 0.9;
    context.save();
    context.translate(px, py);
    context.rotate(at * 2.4 + each.phase);
    const wide = unit * 0.017 * each.size;
    context.fillRect(-wide / 2, -wide / 4, wide, wide * 0.5 * Math.abs(Math.cos(at * 3.1 + each.phase)) + 1);
    context.restore();
  } else {
    context.globalAlpha = kind === 'snow' ? 0.85 : 0.16 + 0.12 * Math.sin(at + each.phase);
    context.beginPath();
    context.arc(px, py, unit * (kind === 'snow' ? 0.0055 : 0.011) * each.size, 0, Math.PI * 2);
    context.fill();
  }
}

/** The air of a film: weather, confetti, or specks of light. */
export function airOf(brief: Brief, palette: Palette, random: Random, size: FilmSize): DrawAir {
  const kind = kindFor(brief);
  const speeds: Readonly<Record<Kind, number>> = { snow: 0.11, rain: 1.3, confetti: 0.16, motes: 0.16 };
  const particles = Array.from({ length: COUNTS[kind] }, (): Particle => {
    const accents = kind === 'confetti' ? palette.accents : (['#ffffff'] as const);
    return {
      x: random.next(),
      y: random.next(),
      size: random.between(0.5, 1.4),
      speed: random.between(0.7, 1.3) * speeds[kind],
      phase: random.between(0, Math.PI * 2),
      colour: accents[random.whole(0, accents.length - 1)] ?? '#ffffff',
    };
  });
  return (context, seconds) => {
    context.save();
    for (const each of particles) drawOne(context, kind, each, seconds, size);
    context.restore();
  };
}
