import { count } from './json-shapes.js';

/** A total that parts are taken from: never more than there is, so that the parts always add up to it. */
export class TokenShare {
  constructor(public left: number) {}

  /** Takes what the wire says, 0 for anything that is not a number of tokens. */
  take(value: unknown): number {
    const part = Math.min(count(value) ?? 0, this.left);
    this.left -= part;
    return part;
  }
}
