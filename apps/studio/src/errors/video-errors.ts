import { defineErrors } from '@eventzr/http';

/** `STUDIO_11xx`: films. */
export const VideoErrors = defineErrors({
  INVALID_VIDEO_PROMPT: {
    code: 'STUDIO_1100',
    http: 400,
    message: 'The prompt of a video must have 1 to 4,000 characters.',
  },
  INVALID_DURATION: { code: 'STUDIO_1101', http: 400, message: 'A video lasts 3 to 60 seconds.' },
  VIDEO_PROVIDER_ERROR: {
    code: 'STUDIO_1102',
    http: 502,
    message: 'The video provider could not make the video.',
  },
  UNKNOWN_VIDEO_PROVIDER: {
    code: 'STUDIO_1103',
    http: 400,
    message: 'There is no video provider of this name.',
  },
  VIDEO_GENERATION_TIMEOUT: {
    code: 'STUDIO_1104',
    http: 504,
    message: 'The video was not ready before the deadline of its job.',
  },
  VIDEO_REFUSED: {
    code: 'STUDIO_1105',
    http: 422,
    message: 'The provider refused to make this video; nothing was charged.',
    logLevel: 'info',
  },
});
