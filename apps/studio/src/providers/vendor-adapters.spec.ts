import { describe, expect, it } from '@jest/globals';
import { StudioConfig } from '../config.js';
import { MediaTools } from './local/media-tools/ffmpeg.js';
import {
  avatarVendors,
  imageEditVendors,
  imageVendors,
  musicVendors,
  speechVendors,
  transcriptVendors,
  videoVendors,
} from './vendor-adapters.js';

const everything = (config: StudioConfig): Record<string, [string, boolean][]> => {
  const named = (providers: { name: string; configured(): boolean }[]): [string, boolean][] =>
    providers.map((provider) => [provider.name, provider.configured()]);
  return {
    image: named(imageVendors(config)),
    edit: named(imageEditVendors(config)),
    video: named(videoVendors(config)),
    avatar: named(avatarVendors(config)),
    music: named(musicVendors(config)),
    speech: named(speechVendors(config, new MediaTools())),
    transcript: named(transcriptVendors(config)),
  };
};

describe('the vendors', () => {
  it.each([false, true])('are all on with their keys and off without: %s', (on) => {
    const key = on ? 'key' : undefined;
    const config = Object.assign(new StudioConfig(), {
      openaiApiKey: key,
      stabilityApiKey: key,
      ideogramApiKey: key,
      fluxApiKey: key,
      runwayApiKey: key,
      lumaApiKey: key,
      heygenApiKey: key,
      heygenPresenters: 'avatar-1|Asha',
      sunoApiKey: key,
      elevenlabsApiKey: key,
      pollyAccessKeyId: key,
      pollySecretAccessKey: key,
      transcribeAccessKeyId: key,
      transcribeSecretAccessKey: key,
      transcribeBucket: key,
    });
    expect(everything(config)).toEqual({
      image: [
        ['openai', on],
        ['stability', on],
        ['ideogram', on],
        ['flux', on],
      ],
      edit: [
        ['stability', on],
        ['openai', on],
      ],
      video: [
        ['runway', on],
        ['luma', on],
        ['heygen', on],
      ],
      avatar: [['heygen', on]],
      music: [
        ['elevenlabs', on],
        ['suno', on],
      ],
      speech: [
        ['elevenlabs', on],
        ['openai', on],
        ['aws-polly', on],
      ],
      transcript: [
        ['elevenlabs', on],
        ['openai', on],
        ['aws-transcribe', on],
      ],
    });
  });
});
