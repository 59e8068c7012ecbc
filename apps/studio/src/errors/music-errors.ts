import { defineErrors } from '@eventzr/http';

/** `STUDIO_13xx`: music. */
export const MusicErrors = defineErrors({
  INVALID_MUSIC_PROMPT: {
    code: 'STUDIO_1300',
    http: 400,
    message: 'The prompt of a track must have 1 to 4,000 characters.',
  },
  INVALID_MUSIC_DURATION: { code: 'STUDIO_1301', http: 400, message: 'A track lasts 10 to 180 seconds.' },
  MUSIC_PROVIDER_ERROR: {
    code: 'STUDIO_1302',
    http: 502,
    message: 'The music provider could not make the track.',
  },
  MUSIC_GENERATION_TIMEOUT: {
    code: 'STUDIO_1303',
    http: 504,
    message: 'The track was not ready before the deadline of its job.',
  },
  UNKNOWN_MUSIC_PROVIDER: {
    code: 'STUDIO_1304',
    http: 400,
    message: 'There is no music provider of this name.',
  },
  MUSIC_REFUSED: {
    code: 'STUDIO_1305',
    http: 422,
    message: 'The provider refused to make this track; nothing was charged.',
    logLevel: 'info',
  },
});
