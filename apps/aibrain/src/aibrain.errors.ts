import { defineErrors } from '@eventzr/http';

/** Documented codes keep their number; the others continue the documented ranges of a hundred. */
export const AiBrainErrors = defineErrors({
  INVALID_PROMPT: {
    code: 'AIBRAIN_1000',
    http: 400,
    message: 'The prompt must have 1 to 20,000 characters.',
  },
  INVALID_MODE: {
    code: 'AIBRAIN_1001',
    http: 400,
    message: 'The mode must be one of those that GET /aibrain/v1/modes lists.',
  },
  PROVIDER_ERROR: {
    code: 'AIBRAIN_1002',
    http: 502,
    message: 'No model gave a usable answer; nothing was charged.',
  },
  ORCHESTRATION_TIMEOUT: {
    code: 'AIBRAIN_1003',
    http: 504,
    message: 'The orchestration did not finish in time; nothing was charged.',
  },
  CONTEXT_TOO_LARGE: {
    code: 'AIBRAIN_1004',
    http: 400,
    message: 'The context may have at most 10,000 characters.',
  },
  INVALID_MAX_TOKENS: {
    code: 'AIBRAIN_1005',
    http: 400,
    message: 'maxTokens must be a whole number from 1 to 8,192.',
  },
  CONSENSUS_FAILED: {
    code: 'AIBRAIN_1100',
    http: 422,
    message:
      'The models did not agree; nothing was charged. Ask in mode single, or with onNoConsensus: best.',
  },
  ZAR_TIER_REQUIRED: { code: 'AIBRAIN_1101', http: 403, message: 'Mode zar takes tier PRO or higher.' },
  ZAR_INSUFFICIENT_CREDITS: {
    code: 'AIBRAIN_1102',
    http: 402,
    message: 'The wallet has too few credits for mode zar, which takes 60.',
  },
  CONVERSATION_NOT_FOUND: {
    code: 'AIBRAIN_1200',
    http: 404,
    message: 'There is no conversation of yours with this id.',
  },
  CONVERSATION_LOCKED: {
    code: 'AIBRAIN_1201',
    http: 409,
    message: 'The conversation is locked, archived or full and takes no more turns.',
  },
  MAX_TURNS_EXCEEDED: { code: 'AIBRAIN_1202', http: 400, message: 'A conversation has at most 50 turns.' },
  TURN_SUPERSEDED: {
    code: 'AIBRAIN_1203',
    http: 409,
    message: 'A newer spoken turn of this conversation took the place of this one; nothing was charged.',
  },
  INVALID_AUDIO_URL: {
    code: 'AIBRAIN_1300',
    http: 400,
    message: 'Give exactly one recording: an https audioUrl, an assetId, or a form with a file.',
  },
  UNSUPPORTED_AUDIO: {
    code: 'AIBRAIN_1301',
    http: 415,
    message: 'Recordings are taken as m4a, mp3, wav, ogg, webm, flac or aac.',
  },
  AUDIO_TOO_LARGE: { code: 'AIBRAIN_1302', http: 413, message: 'A recording may have at most 25 MB.' },
  AUDIO_TOO_LONG: { code: 'AIBRAIN_1303', http: 413, message: 'A recording may last at most 10 minutes.' },
  AUDIO_NOT_FOUND: {
    code: 'AIBRAIN_1304',
    http: 404,
    message: 'Neither studio nor the vault has an asset of yours with this id.',
  },
  AUDIO_UNREACHABLE: {
    code: 'AIBRAIN_1305',
    http: 422,
    message: 'The address did not answer with a recording that could be fetched.',
  },
  INVALID_AUDIO: {
    code: 'AIBRAIN_1306',
    http: 422,
    message: 'The recording is empty, damaged, or has no sound.',
  },
  NO_SPEECH: {
    code: 'AIBRAIN_1307',
    http: 422,
    message: 'No words were heard in the recording; nothing was charged.',
  },
  TRANSCRIPTION_FAILED: {
    code: 'AIBRAIN_1308',
    http: 502,
    message: 'The recording could not be written down; nothing was charged.',
  },
  UNSUPPORTED_SPEECH_LANGUAGE: {
    code: 'AIBRAIN_1309',
    http: 400,
    message: 'Nobody here writes this language down; see GET /studio/v1/audio/languages.',
  },
  UNKNOWN_VOICE: {
    code: 'AIBRAIN_1310',
    http: 400,
    message: 'There is no voice of this name to be spoken with; see GET /studio/v1/audio/voices.',
  },
  REQUEST_NOT_FOUND: { code: 'AIBRAIN_1400', http: 404, message: 'There is no request with this id.' },
  UNKNOWN_OPERATION: {
    code: 'AIBRAIN_1401',
    http: 400,
    message: 'There is no priced operation of this name.',
  },
});
