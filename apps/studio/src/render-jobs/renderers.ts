import { Injectable } from '@nestjs/common';
import {
  BackgroundRenderer,
  TransformRenderer,
  VariationRenderer,
} from '../image-edits/image-edit-renderers.js';
import { SpeechRenderer } from '../audio/speech-renderer.js';
import { TranscriptRenderer } from '../audio/transcript-renderer.js';
import { ImageRenderer } from '../images/image-renderer.js';
import { MusicRenderer } from '../music/music-renderer.js';
import { PresentationRenderer } from '../presentations/presentation-renderer.js';
import { AvatarRenderer } from '../avatars/avatar-renderer.js';
import { ImageRenderer } from '../images/image-renderer.js';
import { MusicRenderer } from '../music/music-renderer.js';
import { VideoRenderer } from '../videos/video-renderer.js';
import { InvitationRenderer, PosterRenderer } from '../posters/poster-renderer.js';
import type { Renderer } from './renderer.js';

/** The renderers by the type of job that they work on. */
@Injectable()
export class Renderers {
  private readonly byType: ReadonlyMap<string, Renderer>;

  constructor(
    images: ImageRenderer,
    transforms: TransformRenderer,
    backgrounds: BackgroundRenderer,
    variations: VariationRenderer,
  ) {
    this.byType = new Map<string, Renderer>(
      [images, transforms, backgrounds, variations].map((renderer: Renderer<never>) => [
        renderer.type,
        renderer as unknown as Renderer,
      ]),
  constructor(images: ImageRenderer, music: MusicRenderer, presentations: PresentationRenderer) {
    this.byType = new Map<string, Renderer>(
      [images, music, presentations].map((renderer) => [renderer.type, renderer as Renderer]),
  constructor(images: ImageRenderer, music: MusicRenderer, videos: VideoRenderer, avatars: AvatarRenderer) {
    this.byType = new Map<string, Renderer>(
      [images, music, videos, avatars].map((renderer) => [renderer.type, renderer as Renderer]),
  constructor(images: ImageRenderer, speech: SpeechRenderer, transcripts: TranscriptRenderer) {
    this.byType = new Map<string, Renderer>(
      [images, speech, transcripts].map((renderer) => [renderer.type, renderer as Renderer]),
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
