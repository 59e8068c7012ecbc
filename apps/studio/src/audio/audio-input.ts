import type { InputFile } from '../inputs/input-file.js';
import type { AudioFormat, Voice } from '../providers/speech-provider.js';

/** The operations' names in the price table and on the ledger. */
export const SPEECH_OPERATION = 'audio.tts';
export const TRANSCRIPT_OPERATION = 'audio.transcribe';

/** What a speech job keeps of its request. */
export type SpeechInput = {
  readonly text: string;
  readonly language: string;
  readonly voice: string;
  readonly voiceKind: Voice['kind'];
  readonly format: AudioFormat;
  readonly speed: number;
};

/** What a transcription job keeps of its request. */
export type TranscriptInput = {
  readonly audio: InputFile;
  readonly timestamps: 'segment' | 'word';
  readonly languageHint?: string;
};
