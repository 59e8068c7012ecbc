import type { ErrorFactory } from '@eventzr/http';
import { CatalogueError, HttpErrors } from '@eventzr/http';
import { RemoteError, RemoteUnavailable } from '@eventzr/service-client';
import { AiBrainErrors } from '../aibrain.errors.js';
import type { UnspokenReason } from './voice-turn.dto.js';

/** Studio's documented codes, as far as a spoken turn can meet them. */
const SOURCE_FAULTS: Readonly<Record<string, ErrorFactory>> = {
  STUDIO_1201: AiBrainErrors.UNSUPPORTED_SPEECH_LANGUAGE,
  STUDIO_1202: AiBrainErrors.TRANSCRIPTION_FAILED,
  STUDIO_1206: AiBrainErrors.INVALID_AUDIO,
  STUDIO_1207: AiBrainErrors.ORCHESTRATION_TIMEOUT,
  STUDIO_1702: AiBrainErrors.AUDIO_UNREACHABLE,
  STUDIO_1703: AiBrainErrors.UNSUPPORTED_AUDIO,
  STUDIO_2000: AiBrainErrors.AUDIO_NOT_FOUND,
  STUDIO_2001: AiBrainErrors.AUDIO_NOT_FOUND,
  [HttpErrors.PAYLOAD_TOO_LARGE.entry.code]: AiBrainErrors.AUDIO_TOO_LARGE,
  [HttpErrors.BUDGET_EXCEEDED.entry.code]: HttpErrors.BUDGET_EXCEEDED,
  [HttpErrors.PROVIDER_NOT_CONFIGURED.entry.code]: HttpErrors.PROVIDER_NOT_CONFIGURED,
};
const INVALID_MEDIA = 'STUDIO_1700';
const MEDIA_TOO_LARGE = 'STUDIO_1701';
const VOICE_FAULTS = new Set(['STUDIO_1203', 'STUDIO_1204', 'STUDIO_1208']);
const UNSPEAKABLE = 'STUDIO_1201';
const NOT_NOW = new Set([409, 429, 503]);
/** Answers that come before a vendor is asked. */
const UNBILLED = new Set([400, 402, 404, 409, 413, 415, 429]);

const UNSPOKEN_MESSAGES: Readonly<Record<UnspokenReason, string>> = {
  no_voice_for_language: 'No voice here speaks the language of the answer.',
  speech_failed: 'The answer could not be spoken.',
  speech_timeout: 'The answer was not spoken in time.',
  speech_unavailable: 'Nobody can speak here right now.',
  over_budget: 'What is left of the budget does not cover the spoken answer.',
  nothing_to_say: 'The answer has no words that could be spoken.',
};

/** Why the recording was not written down, in aibrain's catalogue. */
export function explainAudio(error: unknown): Error {
  if (error instanceof RemoteUnavailable)
    return error.reason === 'timeout'
      ? AiBrainErrors.ORCHESTRATION_TIMEOUT(null, { cause: error })
      : HttpErrors.UNAVAILABLE(null, { cause: error, retryAfterSeconds: 5 });
  if (!(error instanceof RemoteError)) return error instanceof Error ? error : new Error(String(error));
  const { code, status, details, retryAfterSeconds = 5 } = error;
  const options = { cause: error };
  if (code === MEDIA_TOO_LARGE) return tooMuch(error);
  if (code === INVALID_MEDIA) return invalid(error);
  const known = SOURCE_FAULTS[code];
  if (known !== undefined)
    return known(details, status === 503 ? { ...options, retryAfterSeconds } : options);
  if (NOT_NOW.has(status)) return HttpErrors.UNAVAILABLE(null, { ...options, retryAfterSeconds });
  if (status === 504) return AiBrainErrors.ORCHESTRATION_TIMEOUT(null, options);
  return AiBrainErrors.TRANSCRIPTION_FAILED(null, options);
}

/** Why nothing will be spoken. @throws UNKNOWN_VOICE 400 for a voice that does not exist, and what `explainAudio` says */
export function unspeakableFor(error: unknown): UnspokenReason {
  if (error instanceof RemoteError) {
    if (error.code === UNSPEAKABLE) return 'no_voice_for_language';
    if (error.code === HttpErrors.PROVIDER_NOT_CONFIGURED.entry.code) return 'speech_unavailable';
    if (VOICE_FAULTS.has(error.code)) throw AiBrainErrors.UNKNOWN_VOICE(error.details, { cause: error });
  }
  throw explainAudio(error);
}

/** Why the answer was not spoken after all. */
export function unspokenFor(error: unknown): UnspokenReason {
  if (error instanceof RemoteUnavailable)
    return error.reason === 'timeout' || error.reason === 'aborted' ? 'speech_timeout' : 'speech_unavailable';
  if (error instanceof CatalogueError && error.entry.http === 504) return 'speech_timeout';
  if (!(error instanceof RemoteError)) return 'speech_failed';
  if (error.code === UNSPEAKABLE || VOICE_FAULTS.has(error.code)) return 'no_voice_for_language';
  if (error.code === HttpErrors.BUDGET_EXCEEDED.entry.code) return 'over_budget';
  if (error.status === 504) return 'speech_timeout';
  return NOT_NOW.has(error.status) ? 'speech_unavailable' : 'speech_failed';
}

export function unspoken(reason: UnspokenReason) {
  return { reason, message: UNSPOKEN_MESSAGES[reason] };
}

/** Whether the step certainly cost nothing: it was not sent, or it was refused before a vendor was asked. */
export function wasUnbilled(error: unknown): boolean {
  if (error instanceof RemoteUnavailable) return !error.mayHaveHappened;
  if (!(error instanceof RemoteError)) return false;
  return UNBILLED.has(error.status) || error.code === HttpErrors.PROVIDER_NOT_CONFIGURED.entry.code;
}

function tooMuch(error: RemoteError): Error {
  const isLong = error.details !== null && 'maxDurationMs' in error.details;
  const factory = isLong ? AiBrainErrors.AUDIO_TOO_LONG : AiBrainErrors.AUDIO_TOO_LARGE;
  return factory(error.details, { cause: error });
}

/** An address that studio would not even ask, or a file that is no recording. */
function invalid(error: RemoteError): Error {
  const { details } = error;
  const isAddress = details !== null && 'reason' in details && details['reason'] === 'invalid-url';
  const factory =
    isAddress || Array.isArray(details) ? AiBrainErrors.INVALID_AUDIO_URL : AiBrainErrors.INVALID_AUDIO;
  return factory(details, { cause: error });
}
