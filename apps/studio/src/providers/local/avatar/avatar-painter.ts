import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { createRandom } from '../images/random.js';
import { captionCard } from '../video/cards.js';
import { type FilmSize, rasterised } from '../video/sheets.js';
import { lacking } from '../video/typesetter.js';
import { backgroundOf } from './backgrounds.js';
import type { Caption } from './captions.js';
import { drawFigure } from './figure.js';
import { type Pose, poses } from './motion.js';
import type { Mouth } from './mouth.js';
import type { Looks } from './presenters.js';

/** All that a speaking presenter is drawn from; plain data, so that it can cross to a worker thread. */
export interface AvatarPlan {
  readonly looks: Looks;
  /** One for each frame. */
  readonly mouths: readonly Mouth[];
  readonly background: string | Uint8Array;
  readonly captions: readonly Caption[];
  readonly size: FilmSize;
  readonly fps: number;
  /** Unsigned 32-bit. */
  readonly seed: number;
}

/** The figure's square against the frame's height: head and shoulders fill the picture. */
const FIGURE_SHARE = 1.32;
const FIGURE_TOP = -0.15;
const CAPTION_ACCENT = '#5fd0e6';

/** Draws a speaking presenter frame by frame. */
export class AvatarPainter {
  private readonly canvas: Canvas;
  private readonly poses: readonly Pose[];
  private background: Canvas | undefined;
  private card: { readonly caption: Caption; readonly canvas: Canvas } | undefined;

  constructor(private readonly plan: AvatarPlan) {
    this.canvas = createCanvas(plan.size.width, plan.size.height);
    this.poses = poses(plan.mouths, plan.fps, createRandom(plan.seed).fork('avatar'));
  }

  get frames(): number {
    return this.plan.mouths.length;
  }

  /** A frame that shows an open, awake face. */
  get posterFrame(): number {
    const found = this.poses.findIndex(({ face }) => face.blink === 0 && face.mouth.open > 0.3);
    return Math.max(0, found);
  }

  /** @returns the canvas, which the next frame paints over */
  async paint(frame: number): Promise<Canvas> {
    const { size, looks, background } = this.plan;
    const pose = this.poses[frame];
    if (pose === undefined) throw new RangeError(`the film has no frame ${frame}`);
    this.background ??= await backgroundOf(background, size);
    const context = this.canvas.getContext('2d');
    const spare = (this.background.width - size.width) / 2;
    context.drawImage(this.background, -spare - (pose.headX * spare) / 20, -spare * 0.6);
    const scale = (size.height * FIGURE_SHARE) / 1000;
    context.save();
    context.translate(size.width / 2 - 500 * scale, size.height * FIGURE_TOP);
    context.scale(scale, scale);
    drawFigure(context, looks, pose);
    context.restore();
    await this.drawCaption(frame);
    return this.canvas;
  }

  private async drawCaption(frame: number): Promise<void> {
    const { captions, fps, size } = this.plan;
    const atMs = (frame * 1000) / fps;
    const caption = captions.find(({ fromMs, untilMs }) => atMs >= fromMs && atMs < untilMs);
    if (caption === undefined) return;
    if (this.card?.caption !== caption) {
      const missing = lacking(caption.text, 'sans');
      const text = [...caption.text].filter((letter) => !missing.includes(letter)).join('');
      this.card = {
        caption,
        canvas: await rasterised(captionCard(size, text, CAPTION_ACCENT, 'centre').svg),
      };
    }
    this.canvas.getContext('2d').drawImage(this.card.canvas, 0, 0);
  }
}
