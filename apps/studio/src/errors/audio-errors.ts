import { defineErrors } from '@eventzr/http';

/** `STUDIO_12xx`: speech, transcripts and voice models. */
export const AudioErrors = defineErrors({
  INVALID_TTS_INPUT: { code: 'STUDIO_1200', http: 400, message: 'The text must have 1 to 5,000 characters.' },
  UNSUPPORTED_LANGUAGE: {
    code: 'STUDIO_1201',
    http: 400,
    message: 'No voice here speaks this language; see GET /audio/languages.',
  },
  AUDIO_PROVIDER_ERROR: {
    code: 'STUDIO_1202',
    http: 502,
    message: 'The audio provider could not do this work.',
  },
  VOICE_MODEL_NOT_FOUND: { code: 'STUDIO_1203', http: 404, message: 'There is no voice model with this id.' },
  UNKNOWN_VOICE: {
    code: 'STUDIO_1204',
    http: 400,
    message: 'There is no voice of this name; see GET /audio/voices.',
  },
  UNKNOWN_AUDIO_PROVIDER: {
    code: 'STUDIO_1205',
    http: 400,
    message: 'There is no audio provider of this name.',
  },
  AUDIO_REFUSED: {
    code: 'STUDIO_1206',
    http: 422,
    message: 'The provider refused this text or recording; nothing was charged.',
    logLevel: 'info',
  },
  AUDIO_TIMEOUT: {
    code: 'STUDIO_1207',
    http: 504,
    message: 'The sound or its transcript was not ready before the deadline.',
  },
  VOICE_MODEL_NOT_READY: {
    code: 'STUDIO_1208',
    http: 409,
    message: 'This voice model is not ready to speak.',
  },
  VOICE_MODEL_CHANGED: {
    code: 'STUDIO_1209',
    http: 409,
    message: 'The voice model changed meanwhile; read it again and repeat the request.',
  },
  PARENT_NOT_OPEN: {
    code: 'STUDIO_1210',
    http: 409,
    message: 'The operation that pays for this call is not open.',
  },
});
