import { defineErrors } from '@eventzr/http';

/** `STUDIO_17xx`: what callers hand in, and moderation. */
export const InputErrors = defineErrors({
  INVALID_MEDIA_INPUT: {
    code: 'STUDIO_1700',
    http: 400,
    message: 'This is no readable picture or recording; give exactly one of the sources.',
  },
  MEDIA_TOO_LARGE: {
    code: 'STUDIO_1701',
    http: 413,
    message: 'The file is too large: at most 25 MB, 50 megapixels, 10 minutes.',
  },
  MEDIA_UNREACHABLE: {
    code: 'STUDIO_1702',
    http: 422,
    message: 'The address did not answer with a file that could be fetched.',
  },
  UNSUPPORTED_MEDIA: {
    code: 'STUDIO_1703',
    http: 415,
    message:
      'Files of this type are not accepted: pictures are PNG, JPEG, WebP, GIF or AVIF (not HEIC), recordings MP3, WAV, M4A, AAC, Ogg, WebM or FLAC.',
  },
  PROMPT_REFUSED: {
    code: 'STUDIO_1704',
    http: 422,
    message: 'The words asked for something that is not made here; nothing was charged.',
  },
  MEDIA_REFUSED: {
    code: 'STUDIO_1705',
    http: 422,
    message: 'The picture shows something that is not worked on here; nothing was charged.',
  },
  MODERATION_UNAVAILABLE: {
    code: 'STUDIO_1706',
    http: 503,
    message:
      'The words or pictures could not be judged, and unjudged ones are not accepted; nothing was charged.',
  },
  OUTPUT_REFUSED: {
    code: 'STUDIO_1707',
    http: 422,
    message: 'What the provider made was refused at the output stage; nothing was charged.',
    logLevel: 'info',
  },
});
