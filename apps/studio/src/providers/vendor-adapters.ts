import type { StudioConfig } from '../config.js';
import type { AvatarProvider } from './avatar-provider.js';
import { PollySpeechProvider } from './aws-polly/polly-speech-provider.js';
import { AwsTranscribeProvider } from './aws-transcribe/aws-transcribe-provider.js';
import { ElevenLabsSpeechProvider } from './elevenlabs/elevenlabs-speech-provider.js';
import { ElevenLabsTranscriptProvider } from './elevenlabs/elevenlabs-transcript-provider.js';
import type { MediaTools } from './local/media-tools/ffmpeg.js';
import { OpenAiSpeechProvider } from './openai/openai-speech-provider.js';
import { OpenAiTranscriptProvider } from './openai/openai-transcript-provider.js';
import type { SpeechProvider } from './speech-provider.js';
import type { TranscriptProvider } from './transcript-provider.js';
import { ElevenLabsMusicProvider } from './elevenlabs/music/elevenlabs-music-provider.js';
import { FluxImageProvider } from './flux/flux-image-provider.js';
import { HeyGenAvatarProvider } from './heygen/heygen-avatar-provider.js';
import { HeyGenVideoProvider } from './heygen/heygen-video-provider.js';
import { IdeogramImageProvider } from './ideogram/ideogram-image-provider.js';
import type { ImageEditProvider } from './image-edit-provider.js';
import type { ImageProvider } from './image-provider.js';
import { LumaVideoProvider } from './luma/luma-video-provider.js';
import type { MusicProvider } from './music-provider.js';
import { OpenAiEditProvider } from './openai/openai-edit-provider.js';
import { type OpenAiImageOptions, OpenAiImageProvider } from './openai/openai-image-provider.js';
import { RunwayVideoProvider } from './runway/runway-video-provider.js';
import { StabilityEditProvider } from './stability/stability-edit-provider.js';
import { StabilityImageProvider, type StabilityOptions } from './stability/stability-image-provider.js';
import { SunoMusicProvider } from './suno/suno-music-provider.js';
import type { VideoProvider } from './video-provider.js';

function openai(config: StudioConfig): OpenAiImageOptions {
  return {
    apiKey: config.openaiApiKey,
    baseUrl: config.openaiBaseUrl,
    model: config.openaiImageModel,
    timeoutMs: config.imageTimeoutMs,
  };
}

function stability(config: StudioConfig): StabilityOptions {
  return {
    apiKey: config.stabilityApiKey,
    baseUrl: config.stabilityBaseUrl,
    model: config.stabilityModel,
    timeoutMs: config.imageTimeoutMs,
  };
}

/** Who makes pictures, in order of preference. */
export function imageVendors(config: StudioConfig): ImageProvider[] {
  return [
    new OpenAiImageProvider(openai(config)),
    new StabilityImageProvider(stability(config)),
    new IdeogramImageProvider({
      apiKey: config.ideogramApiKey,
      baseUrl: config.ideogramBaseUrl,
      model: config.ideogramModel,
      timeoutMs: config.imageTimeoutMs,
    }),
    new FluxImageProvider({
      apiKey: config.fluxApiKey,
      baseUrl: config.fluxBaseUrl,
      model: config.fluxModel,
      timeoutMs: config.vendorTimeoutMs,
    }),
  ];
}

/** Who changes pictures, in order of preference. */
export function imageEditVendors(config: StudioConfig): ImageEditProvider[] {
  return [new StabilityEditProvider(stability(config)), new OpenAiEditProvider(openai(config))];
}

/** Who makes films, in order of preference. */
export function videoVendors(config: StudioConfig): VideoProvider[] {
  return [
    new RunwayVideoProvider({
      apiKey: config.runwayApiKey,
      baseUrl: config.runwayBaseUrl,
      model: config.runwayModel,
      timeoutMs: config.vendorTimeoutMs,
    }),
    new LumaVideoProvider({
      apiKey: config.lumaApiKey,
      baseUrl: config.lumaBaseUrl,
      model: config.lumaModel,
      timeoutMs: config.vendorTimeoutMs,
    }),
    new HeyGenVideoProvider({
      apiKey: config.heygenApiKey,
      baseUrl: config.heygenBaseUrl,
      model: config.heygenVideoModel,
      timeoutMs: config.vendorTimeoutMs,
    }),
  ];
}

/** Who makes people speak, in order of preference. */
export function avatarVendors(config: StudioConfig): AvatarProvider[] {
  return [
    new HeyGenAvatarProvider({
      apiKey: config.heygenApiKey,
      baseUrl: config.heygenBaseUrl,
      engine: config.heygenEngine,
      presenters: config.heygenPresenters,
      timeoutMs: config.vendorTimeoutMs,
    }),
  ];
}

/** Who makes music, in order of preference: the vendor with an API of its own first. */
export function musicVendors(config: StudioConfig): MusicProvider[] {
  return [
    new ElevenLabsMusicProvider({
      apiKey: config.elevenlabsApiKey,
      baseUrl: config.elevenlabsBaseUrl,
      model: config.elevenlabsMusicModel,
      timeoutMs: config.musicTimeoutMs,
    }),
    new SunoMusicProvider({
      apiKey: config.sunoApiKey,
      baseUrl: config.sunoBaseUrl,
      model: config.sunoModel,
      timeoutMs: config.vendorTimeoutMs,
    }),
  ];
}

/** How ElevenLabs is reached for speech. */
export function elevenLabsAudio(config: StudioConfig) {
  const { elevenlabsApiKey: apiKey, elevenlabsBaseUrl: baseUrl, audioTimeoutMs: timeoutMs } = config;
  return { apiKey, baseUrl, timeoutMs };
}

function openAiAudio(config: StudioConfig) {
  const { openaiApiKey: apiKey, openaiBaseUrl: baseUrl, audioTimeoutMs: timeoutMs } = config;
  return { apiKey, baseUrl, timeoutMs };
}

/** Who speaks, in order of preference. */
export function speechVendors(config: StudioConfig, tools: MediaTools): SpeechProvider[] {
  return [
    new ElevenLabsSpeechProvider({ ...elevenLabsAudio(config), model: config.elevenlabsSpeechModel, tools }),
    new OpenAiSpeechProvider({ ...openAiAudio(config), model: config.openaiSpeechModel, tools }),
    new PollySpeechProvider({
      region: config.pollyRegion,
      accessKeyId: config.pollyAccessKeyId,
      secretAccessKey: config.pollySecretAccessKey,
      engine: config.pollyEngine,
      timeoutMs: config.audioTimeoutMs,
      tools,
    }),
  ];
}

/** Who writes recordings down, in order of preference. */
export function transcriptVendors(config: StudioConfig): TranscriptProvider[] {
  return [
    new ElevenLabsTranscriptProvider({
      ...elevenLabsAudio(config),
      model: config.elevenlabsTranscriptModel,
    }),
    new OpenAiTranscriptProvider({ ...openAiAudio(config), model: config.openaiTranscriptModel }),
    new AwsTranscribeProvider({
      region: config.transcribeRegion,
      bucket: config.transcribeBucket,
      accessKeyId: config.transcribeAccessKeyId,
      secretAccessKey: config.transcribeSecretAccessKey,
      timeoutMs: config.audioTimeoutMs,
    }),
  ];
}
