import { Path2D, type SKRSContext2D } from '@napi-rs/canvas';

/** Draws with path data on a context; figures stand in a square of 1,000 units. */
export class Pencil {
  constructor(readonly context: SKRSContext2D) {}

  fill(d: string, colour: string, opacity = 1): void {
    this.context.globalAlpha = opacity;
    this.context.fillStyle = colour;
    this.context.fill(new Path2D(d));
    this.context.globalAlpha = 1;
  }

  line(d: string, colour: string, width: number, opacity = 1): void {
    this.context.globalAlpha = opacity;
    this.context.strokeStyle = colour;
    this.context.lineWidth = width;
    this.context.lineCap = 'round';
    this.context.lineJoin = 'round';
    this.context.stroke(new Path2D(d));
    this.context.globalAlpha = 1;
  }

  oval(x: number, y: number, rx: number, ry: number, colour: string, opacity = 1): void {
    this.context.globalAlpha = opacity;
    this.context.fillStyle = colour;
    this.context.beginPath();
    this.context.ellipse(x, y, rx, ry, 0, 0, Math.PI * 2);
    this.context.fill();
    this.context.globalAlpha = 1;
  }

  /** What `draw` draws is seen within the path only. */
  within(d: string, draw: () => void): void {
    this.context.save();
    this.context.clip(new Path2D(d));
    draw();
    this.context.restore();
  }
}
