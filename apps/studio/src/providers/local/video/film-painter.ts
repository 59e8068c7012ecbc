import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { SafeArea } from '../images/layout-rules.js';
import { createRandom, type Random } from '../images/random.js';
import { brightAccent, captionCard, titleCard } from './cards.js';
import { ease, moveFor, type Move, placement, safeDuring, settle, viewAt } from './camera.js';
import { airOf, type DrawAir } from './particles.js';
import { type FilmSize, rasterised, sheetsOf, type ShotSheets } from './sheets.js';
import type { Shot, Storyboard } from './storyboard.js';
import { lacking } from './typesetter.js';

/** All that a film is drawn from; plain data, so that it can cross to a worker thread. */
export interface FilmPlan {
  readonly board: Storyboard;
  readonly size: FilmSize;
  readonly fps: number;
  /** Unsigned 32-bit. */
  readonly seed: number;
  /** Pictures of the caller, as files. */
  readonly images: readonly Uint8Array[];
}

interface ReadyShot {
  readonly shot: Shot;
  readonly sheets: ShotSheets;
  readonly move: Move;
  readonly caption?: Canvas;
}

const BLURRED_SIDE = 160;
const BLUR_PIXELS = 3;
const SCRIM = '#0d0b1e';
/** Things keep a little away from the frame's edges, and from a caption; shares of its sides. */
const FRAME: SafeArea = { left: 0.015, top: 0.02, right: 0.985, bottom: 0.975 };
const CAPTION_GAP = 0.012;
const ELEGANT = /wedding|gala|anniversary|engagement|dinner|reception|concert/;

/** Draws a film frame by frame, in order. */
export class FilmPainter {
  readonly limits = new Set<string>();
  private readonly canvas: Canvas;
  private readonly crossing: Canvas;
  /** Small: stretched over the frame they are what lies behind a card, out of focus. */
  private readonly blurred: Canvas;
  private readonly random: Random;
  private readonly ready = new Map<number, ReadyShot>();
  private title: Canvas | undefined;
  private air: DrawAir | undefined;

  constructor(private readonly plan: FilmPlan) {
    const { width, height } = plan.size;
    this.canvas = createCanvas(width, height);
    this.crossing = createCanvas(width, height);
    const tiny = Math.max(width, height) / BLURRED_SIDE;
    this.blurred = createCanvas(Math.round(width / tiny), Math.round(height / tiny));
    this.random = createRandom(plan.seed).fork('film');
  }

  /** The frame that stands for the film: its title over the first shot. */
  get posterFrame(): number {
    return Math.round(this.plan.board.titleFrames * 0.6);
  }

  /** @returns the canvas, which the next frame paints over */
  async paint(frame: number): Promise<Canvas> {
    const { board, fps } = this.plan;
    const context = this.canvas.getContext('2d');
    const index = Math.max(
      0,
      board.shots.findLastIndex(({ from }) => from <= frame),
    );
    const current = await this.shot(index);
    const since = frame - current.shot.from;
    if (index > 0 && since < board.fadeFrames) {
      this.shoot(context, await this.shot(index - 1), frame);
      this.shoot(this.crossing.getContext('2d'), current, frame);
      context.globalAlpha = ease((since + 1) / (board.fadeFrames + 1));
      context.drawImage(this.crossing, 0, 0);
      context.globalAlpha = 1;
    } else {
      this.ready.delete(index - 1);
      this.shoot(context, current, frame);
    }
    this.air?.(context, frame / fps);
    this.drawCaption(context, current, frame);
    this.drawCards(context, frame);
    return this.canvas;
  }

  private async shot(index: number): Promise<ReadyShot> {
    const known = this.ready.get(index);
    if (known !== undefined) return known;
    const { board, size, seed, images } = this.plan;
    const shot = board.shots[index];
    if (shot === undefined) throw new RangeError(`the film has no shot ${index}`);
    const move = moveFor(index, this.random.fork(`move/${index}`));
    const said = shot.caption === '' ? undefined : this.legible(shot.caption);
    const sheets = await sheetsOf(shot, size, { seed, images, safe: safeDuring(move, this.freeOf(said)) });
    for (const limit of sheets.limits) this.limits.add(limit);
    if (this.title === undefined) await this.open(sheets);
    const accent = brightAccent(sheets.palette);
    const caption =
      said === undefined ? {} : { caption: await rasterised(captionCard(size, said, accent).svg) };
    const ready: ReadyShot = { shot, sheets, move, ...caption };
    this.ready.set(index, ready);
    return ready;
  }

  /** What the caption leaves of the frame: nobody stands behind it. */
  private freeOf(caption: string | undefined): SafeArea {
    if (caption === undefined) return FRAME;
    const { height } = this.plan.size;
    const { top, bottom } = captionCard(this.plan.size, caption, SCRIM);
    return top > height - bottom
      ? { ...FRAME, bottom: top / height - CAPTION_GAP }
      : { ...FRAME, top: bottom / height + CAPTION_GAP };
  }

  /** The first shot sets the tone of the cards and of the air. */
  private async open({ brief, palette }: ShotSheets): Promise<void> {
    const { board, size } = this.plan;
    const face = brief.mood === 'elegant' || ELEGANT.test(brief.event ?? '') ? 'serif' : 'sans';
    const title = this.legible(board.title);
    const accent = brightAccent(palette);
    this.title = await rasterised(titleCard(size, { title, kicker: board.kicker, face, accent }));
    this.air = airOf(brief, palette, this.random.fork('air'), size);
  }

  private legible(text: string): string {
    const missing = lacking(text, 'sans');
    if (missing !== '') this.limits.add(`letters the fonts lack were left out: ${missing}`);
    return [...text].filter((letter) => !missing.includes(letter)).join('');
  }

  private shoot(context: SKRSContext2D, { shot, sheets, move }: ReadyShot, frame: number): void {
    const { board, size } = this.plan;
    const view = viewAt(move, (frame - shot.from) / (shot.frames + board.fadeFrames));
    for (const { canvas, depth } of sheets.sheets) {
      const { x, y, width, height } = placement(view, depth, size);
      context.drawImage(canvas, x, y, width, height);
    }
  }

  private drawCaption(context: SKRSContext2D, { shot, caption }: ReadyShot, frame: number): void {
    if (caption === undefined) return;
    const { board, fps } = this.plan;
    const from = Math.max(shot.from + board.fadeFrames * 0.5, board.titleFrames + fps * 0.1);
    const until = Math.min(shot.from + shot.frames, board.frames - board.closingFrames) - fps * 0.15;
    const shown = Math.min((frame - from) / (fps * 0.4), (until - frame) / (fps * 0.3));
    if (shown <= 0) return;
    context.globalAlpha = settle(shown);
    context.drawImage(caption, 0, (1 - settle(shown)) * this.plan.size.height * 0.03);
    context.globalAlpha = 1;
  }

  private drawCards(context: SKRSContext2D, frame: number): void {
    const { board, fps } = this.plan;
    const { titleFrames, closingFrames, frames } = board;
    const opening = Math.min(1, (titleFrames - frame) / (fps * 0.35));
    const closing = (frame - (frames - closingFrames)) / Math.min(fps * 0.5, closingFrames * 0.5);
    if (opening > 0) this.drawCard(context, ease(opening), settle((frame + 3) / (fps * 0.6)), 0.5);
    else if (closing > 0) this.drawCard(context, ease(closing), settle(closing), 0.72);
  }

  private drawCard(context: SKRSContext2D, scrim: number, shown: number, depth: number): void {
    const { width, height } = this.plan.size;
    const small = this.blurred.getContext('2d');
    small.filter = `blur(${BLUR_PIXELS}px)`;
    small.imageSmoothingQuality = 'high';
    small.drawImage(this.canvas, 0, 0, this.blurred.width, this.blurred.height);
    context.globalAlpha = scrim;
    // The outermost pixels fade into nothing when they are blurred: beyond the frame nobody sees it.
    context.drawImage(this.blurred, -width * 0.04, -height * 0.04, width * 1.08, height * 1.08);
    context.globalAlpha = scrim * depth;
    context.fillStyle = SCRIM;
    context.fillRect(0, 0, width, height);
    if (this.title !== undefined) {
      const zoom = 0.96 + 0.04 * shown;
      context.globalAlpha = scrim * shown;
      context.drawImage(
        this.title,
        (width * (1 - zoom)) / 2,
        (height * (1 - zoom)) / 2 + (1 - shown) * height * 0.02,
        width * zoom,
        height * zoom,
      );
    }
    context.globalAlpha = 1;
  }
}
