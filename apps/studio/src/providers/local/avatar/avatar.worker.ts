import type { MessagePort } from 'node:worker_threads';
import sharp from 'sharp';
import { FrameSender } from '../video/frame-port.js';
import { AvatarPainter, type AvatarPlan } from './avatar-painter.js';

sharp.concurrency(1);

/** A speaking presenter to be drawn, and where the frames go. */
export interface AvatarJob extends AvatarPlan {
  readonly port: MessagePort;
}

/** What is left of the drawing besides the frames. */
export interface AvatarDrawn {
  /** PNG. */
  readonly poster: Uint8Array;
}

/** Draws all frames, as raw RGBA. */
export default async function drawAvatar({ port, ...plan }: AvatarJob): Promise<AvatarDrawn> {
  const painter = new AvatarPainter(plan);
  const sender = new FrameSender(port);
  let poster: Uint8Array = new Uint8Array();
  for (let frame = 0; frame < painter.frames; frame++) {
    const canvas = await painter.paint(frame);
    await sender.send(new Uint8Array(canvas.data()));
    if (frame === painter.posterFrame) poster = canvas.toBuffer('image/png');
  }
  sender.end();
  return { poster };
}
