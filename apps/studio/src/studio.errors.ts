import { defineErrors } from '@eventzr/http';

/** Documented codes keep their number; the others continue the documented ranges of a hundred. */
export const StudioErrors = defineErrors({
  INVALID_PROMPT: { code: 'STUDIO_1000', http: 400, message: 'The prompt must have 1 to 4,000 characters.' },
  INVALID_DIMENSIONS: {
    code: 'STUDIO_1001',
    http: 400,
    message: 'Width and height must be one of 256, 512, 1024 and 1792.',
  },
  IMAGE_PROVIDER_ERROR: {
    code: 'STUDIO_1002',
    http: 502,
    message: 'The image provider could not make the picture.',
  },
  IMAGE_GENERATION_TIMEOUT: {
    code: 'STUDIO_1003',
    http: 504,
    message: 'The picture was not ready before the deadline of its job.',
  },
  UNKNOWN_IMAGE_PROVIDER: {
    code: 'STUDIO_1004',
    http: 400,
    message: 'There is no image provider of this name.',
  },
  IMAGE_REFUSED: {
    code: 'STUDIO_1005',
    http: 422,
    message: 'The provider refused to make this picture; nothing was charged.',
    logLevel: 'info',
  },
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
  UNKNOWN_OPERATION: {
    code: 'STUDIO_1800',
    http: 400,
    message: 'There is no priced operation of this name.',
  },
  CALLBACK_REFUSED: {
    code: 'STUDIO_1810',
    http: 401,
    message: 'This callback carries no valid credential or signature.',
    logLevel: 'info',
  },
  WEBHOOK_NOT_FOUND: { code: 'STUDIO_1811', http: 404, message: 'There is no webhook with this id.' },
  WEBHOOK_URL_REFUSED: {
    code: 'STUDIO_1812',
    http: 400,
    message: 'A webhook needs an https address that is reachable on the public internet.',
  },
  WEBHOOK_DELIVERY_NOT_FOUND: {
    code: 'STUDIO_1813',
    http: 404,
    message: 'There is no delivery with this id.',
  },
  TOO_MANY_WEBHOOKS: {
    code: 'STUDIO_1814',
    http: 409,
    message: 'There are as many webhooks as a tenant may have.',
  },
  RENDER_JOB_NOT_FOUND: { code: 'STUDIO_1900', http: 404, message: 'There is no render job with this id.' },
  RENDER_JOB_ENDED: { code: 'STUDIO_1901', http: 409, message: 'The render job has already ended.' },
  RENDER_JOB_NOT_RETRYABLE: {
    code: 'STUDIO_1902',
    http: 409,
    message: 'Only failed and cancelled render jobs can be tried again.',
  },
  SUBMIT_UNKNOWN: {
    code: 'STUDIO_1903',
    http: 502,
    message: 'The provider may have started the work, but its result never came; nothing was charged.',
  },
  STORAGE_FAILED: {
    code: 'STUDIO_1904',
    http: 503,
    message: 'The finished file could not be stored; nothing was charged.',
  },
  ASSET_NOT_FOUND: { code: 'STUDIO_2000', http: 404, message: 'There is no asset with this id.' },
  ASSET_LINK_INVALID: { code: 'STUDIO_2001', http: 403, message: 'This link is not valid or has expired.' },
});
