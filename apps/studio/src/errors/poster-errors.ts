import { defineErrors } from '@eventzr/http';

/** `STUDIO_15xx`: posters, invitations, templates and brand kits. */
export const PosterErrors = defineErrors({
  INVALID_POSTER: {
    code: 'STUDIO_1500',
    http: 400,
    message: 'A poster needs a title (1-120 characters), a date and a venue (1-160 characters).',
  },
  INVALID_EVENT_DATE: {
    code: 'STUDIO_1501',
    http: 400,
    message: 'The date must be ISO 8601, such as 2027-06-12, 2027-06-12T19:30 or 2027-06-12T19:30+02:00.',
  },
  POSTER_PROVIDER_ERROR: { code: 'STUDIO_1502', http: 502, message: 'The poster could not be drawn.' },
  POSTER_TIMEOUT: {
    code: 'STUDIO_1503',
    http: 504,
    message: 'The poster was not ready before the deadline of its job.',
  },
  POSTER_REFUSED: {
    code: 'STUDIO_1504',
    http: 422,
    message: 'The poster could not be made from what was handed in; nothing was charged.',
    logLevel: 'info',
  },
  UNSUPPORTED_SCRIPT: {
    code: 'STUDIO_1505',
    http: 422,
    message:
      'No font here has some of these letters: Latin, Greek, Cyrillic, Devanagari and emoji can be set.',
    logLevel: 'info',
  },
  TEMPLATE_NOT_FOUND: { code: 'STUDIO_1506', http: 404, message: 'There is no template with this id.' },
  INVALID_TEMPLATE: {
    code: 'STUDIO_1507',
    http: 400,
    message: 'The template is not valid; the details name every fault.',
  },
  INVALID_SLOTS: {
    code: 'STUDIO_1508',
    http: 400,
    message: "The values do not fit the template's slots; the details name every fault.",
  },
  TEMPLATE_CHANGED: {
    code: 'STUDIO_1509',
    http: 409,
    message: 'The template has a newer version; read it again and repeat the change.',
  },
  SYSTEM_TEMPLATE: {
    code: 'STUDIO_1510',
    http: 409,
    message: 'Built-in templates cannot be changed; make one of your own.',
  },
  BRAND_KIT_NOT_FOUND: { code: 'STUDIO_1511', http: 404, message: 'There is no brand kit with this id.' },
  TEMPLATE_REQUIRED: {
    code: 'STUDIO_1512',
    http: 400,
    message: 'The design `template` needs a templateId, and a template allows no design of its own.',
  },
});
