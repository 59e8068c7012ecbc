import { defineErrors } from '@eventzr/http';

/** `STUDIO_16xx`: presentations. */
export const PresentationErrors = defineErrors({
  INVALID_TOPIC: {
    code: 'STUDIO_1600',
    http: 400,
    message: 'A presentation needs a topic of 1 to 2,000 characters, or an outline.',
  },
  INVALID_SLIDE_COUNT: { code: 'STUDIO_1601', http: 400, message: 'A presentation has 1 to 30 slides.' },
  PRESENTATION_ERROR: {
    code: 'STUDIO_1602',
    http: 502,
    message: 'The presentation could not be made.',
  },
  PRESENTATION_TIMEOUT: {
    code: 'STUDIO_1603',
    http: 504,
    message: 'The presentation was not ready before the deadline of its job.',
  },
  PRESENTATION_REFUSED: {
    code: 'STUDIO_1604',
    http: 422,
    message: 'This presentation was refused; nothing was charged.',
    logLevel: 'info',
  },
  INVALID_OUTLINE: {
    code: 'STUDIO_1605',
    http: 400,
    message: 'Every slide of an outline needs a title, and a chart as many values as labels.',
  },
  UNKNOWN_SLIDE_THEME: { code: 'STUDIO_1606', http: 400, message: 'There is no slide theme of this name.' },
});
