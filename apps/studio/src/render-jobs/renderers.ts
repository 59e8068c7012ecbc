import { Injectable } from '@nestjs/common';
import { ImageRenderer } from '../images/image-renderer.js';
import { InvitationRenderer, PosterRenderer } from '../posters/poster-renderer.js';
import type { Renderer } from './renderer.js';

/** The renderers by the type of job that they work on. */
@Injectable()
export class Renderers {
  private readonly byType: ReadonlyMap<string, Renderer>;

  constructor(images: ImageRenderer, posters: PosterRenderer, invitations: InvitationRenderer) {
    this.byType = new Map<string, Renderer>(
      [images, posters, invitations].map((renderer) => [renderer.type, renderer as Renderer]),
    );
  }

  /** @throws Error for a type that no renderer knows: the row was written by newer code */
  of(type: string): Renderer {
    const renderer = this.byType.get(type);
    if (renderer === undefined) throw new Error(`No renderer for jobs of type ${type}`);
    return renderer;
  }
}
