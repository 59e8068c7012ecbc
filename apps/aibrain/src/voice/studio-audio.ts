import { openAsBlob } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { derivedId, isUuid } from '@eventzr/config';
import { storableText } from '@eventzr/http';
import type { MultipartFile } from '@eventzr/http';
import type { ServiceCall } from '@eventzr/service-client';
import { ServiceClient } from '@eventzr/service-client';

/** Where the recording is to be had: exactly one of these. */
export type AudioSource =
  { readonly audioUrl: string } | { readonly assetId: string } | { readonly file: MultipartFile };

/** A recording that studio has taken in. */
export interface Recording {
  readonly recordingId: string;
  readonly durationMs: number;
}

/** What a call to studio would be worth, and cost at most. */
export interface AudioBound {
  readonly credits: number;
  readonly maxCostMicroUsd: number;
}

interface Made {
  readonly credits: number;
  readonly costUsd: number;
}

export interface Heard extends Made {
  readonly transcript: {
    readonly text: string;
    readonly language: string;
    readonly confidence: number;
    readonly limits: readonly string[];
  };
}

export interface Spoken extends Made {
  readonly audio: {
    readonly assetId: string;
    readonly url: string;
    readonly format: string;
    readonly durationMs: number;
  };
}

export interface SpeechWish {
  readonly text: string;
  readonly language?: string | undefined;
  readonly voice?: string | undefined;
}

/** A step within an operation that aibrain pays for. */
export interface AudioStep {
  readonly operationId: string;
  readonly holdId: string;
  /** The most that it may cost. */
  readonly maxMicroUsd: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const BASE = '/studio/v1/internal';
const ESTIMATE_TIMEOUT_MS = 5_000;
/** Fetching somebody's file takes studio half a minute at most. */
const TAKE_IN_TIMEOUT_MS = 45_000;

/** Ears and mouth: studio's internal routes, with the caller's token forwarded. Throws what `ServiceClient` throws. */
@Injectable()
export class StudioAudio {
  constructor(private readonly services: ServiceClient) {}

  /** Costs nothing and needs no hold: how long the recording is decides what is held. */
  async takeIn(
    source: AudioSource,
    { operationId, signal }: Pick<AudioStep, 'operationId' | 'signal'>,
  ): Promise<Recording> {
    const body = 'file' in source ? await formOf(source.file) : source;
    const name = 'file' in source ? source.file.sha256 : JSON.stringify(source);
    return this.post<Recording>('/audio/recordings', {
      body,
      headers: { 'idempotency-key': derivedId(operationId, `audio:${name}`) },
      timeoutMs: TAKE_IN_TIMEOUT_MS,
      idempotent: true,
      signal,
    });
  }

  boundTranscript(durationMs: number, languageHint: string | undefined): Promise<AudioBound> {
    const durationSeconds = Math.max(1, Math.ceil(durationMs / 1_000));
    return this.bound('audio.transcribe', { durationSeconds, ...given({ languageHint }) });
  }

  boundSpeech(wish: SpeechWish): Promise<AudioBound> {
    return this.bound('audio.tts', speechOf(wish));
  }

  async transcribe(recordingId: string, languageHint: string | undefined, step: AudioStep): Promise<Heard> {
    const wish = { recordingId, ...given({ languageHint }) };
    const heard = await this.work<Heard>('/audio/transcribe', 'stt', wish, step);
    const text = storableText(heard.transcript.text);
    return { ...heard, transcript: { ...heard.transcript, text } };
  }

  speak(wish: SpeechWish, step: AudioStep): Promise<Spoken> {
    return this.work('/audio/tts', 'tts', speechOf(wish), step);
  }

  private bound(operation: string, request: object): Promise<AudioBound> {
    const timeoutMs = ESTIMATE_TIMEOUT_MS;
    return this.post('/estimates', { body: { operation, request }, timeoutMs, idempotent: true });
  }

  private work<T>(
    path: string,
    name: string,
    body: object,
    { operationId, holdId, maxMicroUsd, timeoutMs, signal }: AudioStep,
  ): Promise<T> {
    return this.post<T>(path, {
      body,
      headers: {
        'idempotency-key': derivedId(operationId, `${name}:${JSON.stringify(body)}`),
        'x-parent-operation': operationId,
        'x-parent-hold': holdId,
        'x-parent-max-micro-usd': String(maxMicroUsd),
      },
      timeoutMs,
      // The key is free again after a failure, also after one that was billed.
      idempotent: false,
      signal,
    });
  }

  private post<T>(path: string, call: Omit<ServiceCall, 'service' | 'method' | 'path'>): Promise<T> {
    return this.services.call<T>({
      ...call,
      service: 'studio',
      method: 'POST',
      path: BASE + path,
      forwardToken: true,
    });
  }
}

async function formOf({ path, mimeType }: MultipartFile): Promise<FormData> {
  const form = new FormData();
  // The caller's own name for the file is of no use to anybody.
  form.set('file', await openAsBlob(path, { type: mimeType }), 'recording');
  return form;
}

function speechOf({ text, language, voice }: SpeechWish): object {
  const who =
    voice !== undefined && isUuid(voice) ? given({ voiceModelId: voice }) : given({ language, voice });
  return { text, ...who };
}

function given(fields: Readonly<Record<string, string | undefined>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
