import { assertAmount, clamp, startedMinutes } from './counts.js';

export type VideoQuality = 'standard' | 'high';

const VIDEO_CREDITS_PER_SECOND = 20;
/** In halves, so that the sum stays in whole numbers until the one rounding. */
const VIDEO_HALVES: Readonly<Record<VideoQuality, number>> = { standard: 2, high: 3 };

/** 20 per second, half as much again in high quality, rounded up, within 100-500. */
export function videoCredits(request: {
  readonly durationSeconds: number;
  readonly quality?: VideoQuality;
}): number {
  assertAmount('durationSeconds', request.durationSeconds);
  const halves = VIDEO_HALVES[request.quality ?? 'standard'];
  return clamp(Math.ceil((request.durationSeconds * VIDEO_CREDITS_PER_SECOND * halves) / 2), 100, 500);
}

export type VoiceKind = 'standard' | 'neural' | 'cloned';

const VOICE_CREDITS: Readonly<Record<VoiceKind, number>> = { standard: 10, neural: 20, cloned: 30 };

/** Text to speech, per started minute of sound. */
export function ttsCredits(request: {
  readonly durationSeconds: number;
  readonly voice?: VoiceKind;
}): number {
  return VOICE_CREDITS[request.voice ?? 'standard'] * startedMinutes(request.durationSeconds);
}

/** Speech to text, per started minute of sound; the model kinds cost what the voice kinds do. */
export function transcriptionCredits(request: {
  readonly durationSeconds: number;
  readonly model?: 'standard' | 'neural';
}): number {
  return VOICE_CREDITS[request.model ?? 'standard'] * startedMinutes(request.durationSeconds);
}

/** 30 up to half a minute, 60 up to a minute and a half, 100 above. */
export function musicCredits(request: { readonly durationSeconds: number }): number {
  assertAmount('durationSeconds', request.durationSeconds);
  if (request.durationSeconds <= 30) return 30;
  return request.durationSeconds <= 90 ? 60 : 100;
}

export type AvatarResolution = '720p' | '1080p' | '4k';

const AVATAR_CREDITS: Readonly<Record<AvatarResolution, number>> = { '720p': 50, '1080p': 100, '4k': 200 };

/** Talking heads, per started minute. */
export function avatarCredits(request: {
  readonly durationSeconds: number;
  readonly resolution?: AvatarResolution;
}): number {
  return AVATAR_CREDITS[request.resolution ?? '720p'] * startedMinutes(request.durationSeconds);
}

/** A voice conversation is one hold: what its stages cost together. */
export function voiceCredits(stages: {
  readonly transcription: number;
  readonly answer: number;
  readonly speech: number;
}): number {
  return stages.transcription + stages.answer + stages.speech;
}
