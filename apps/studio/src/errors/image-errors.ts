import { defineErrors } from '@eventzr/http';

/** `STUDIO_10xx`: pictures and changes of them. */
export const ImageErrors = defineErrors({
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
  INVALID_TRANSFORMATION: {
    code: 'STUDIO_1006',
    http: 400,
    message: 'There is no such transformation, or it does not know this style.',
  },
});
