import { Injectable } from '@nestjs/common';
import { AvatarRenderer } from '../avatars/avatar-renderer.js';
import { ImageRenderer } from '../images/image-renderer.js';
import { MusicRenderer } from '../music/music-renderer.js';
import { VideoRenderer } from '../videos/video-renderer.js';
import type { Renderer } from './renderer.js';

/** The renderers by the type of job that they work on. */
@Injectable()
export class Renderers {
  private readonly byType: ReadonlyMap<string, Renderer>;

  constructor(images: ImageRenderer, music: MusicRenderer, videos: VideoRenderer, avatars: AvatarRenderer) {
    this.byType = new Map<string, Renderer>(
      [images, music, videos, avatars].map((renderer) => [renderer.type, renderer as Renderer]),
    );
  }

  /** @throws Error for a type that no renderer knows: the row was written by newer code */
  of(type: string): Renderer {
    const renderer = this.byType.get(type);
    if (renderer === undefined) throw new Error(`No renderer for jobs of type ${type}`);
    return renderer;
  }
}
