import type { Renderer } from './renderer.js';

/** The renderers by the type of job that they work on. */
export class Renderers {
  private readonly byType: ReadonlyMap<string, Renderer>;

  constructor(renderers: readonly Renderer[]) {
    this.byType = new Map(renderers.map((renderer) => [renderer.type, renderer]));
  }

  /** @throws Error for a type that no renderer knows: the row was written by newer code */
  of(type: string): Renderer {
    const renderer = this.byType.get(type);
    if (renderer === undefined) throw new Error(`No renderer for jobs of type ${type}`);
    return renderer;
  }
}
