import type { MessagePort } from 'node:worker_threads';
import sharp from 'sharp';
import { FilmPainter, type FilmPlan } from './film-painter.js';
import { FrameSender } from './frame-port.js';

sharp.concurrency(1);

/** One film to be drawn, and where its frames go. */
export interface FilmJob extends FilmPlan {
  readonly port: MessagePort;
}

/** What is left of the drawing besides the frames. */
export interface FilmDrawn {
  /** PNG. */
  readonly poster: Uint8Array;
  readonly limits: string[];
}

/** Draws all frames of a film, as raw RGBA. */
export default async function drawFilm({ port, ...plan }: FilmJob): Promise<FilmDrawn> {
  const painter = new FilmPainter(plan);
  const sender = new FrameSender(port);
  let poster: Uint8Array = new Uint8Array();
  for (let frame = 0; frame < plan.board.frames; frame++) {
    const canvas = await painter.paint(frame);
    await sender.send(new Uint8Array(canvas.data()));
    if (frame === painter.posterFrame) poster = canvas.toBuffer('image/png');
  }
  sender.end();
  return { poster, limits: [...painter.limits] };
}
