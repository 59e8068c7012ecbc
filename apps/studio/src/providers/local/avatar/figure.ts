import type { SKRSContext2D } from '@napi-rs/canvas';
import { drawBody } from './clothes.js';
import { Pencil } from './drawing.js';
import { drawFace } from './face.js';
import { hairBefore, hairBehind } from './hair.js';
import type { Pose } from './motion.js';
import type { Looks } from './presenters.js';

const NECK = { x: 500, y: 600 };

/** Draws a figure into its square of 1,000 units: what is behind first, so that no hair becomes a beard. */
export function drawFigure(context: SKRSContext2D, looks: Looks, pose: Pose): void {
  const pencil = new Pencil(context);
  const head = (draw: () => void): void => {
    context.save();
    context.translate(NECK.x + pose.headX, NECK.y + pose.headY + pose.breath * 0.6);
    context.rotate(pose.headTilt);
    context.translate(-NECK.x, -NECK.y);
    draw();
    context.restore();
  };
  head(() => {
    hairBehind(pencil, looks);
  });
  context.save();
  context.translate(0, pose.breath);
  drawBody(pencil, looks);
  context.restore();
  head(() => {
    drawFace(pencil, looks, pose.face);
    hairBefore(pencil, looks);
  });
}
