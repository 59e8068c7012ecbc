import { defineErrors } from '@eventzr/http';

/** `STUDIO_19xx`: render jobs. */
export const RenderJobErrors = defineErrors({
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
  RENDER_JOB_REDRIVEN: {
    code: 'STUDIO_1905',
    http: 409,
    message: 'This render job was driven again already; the new job names it in `retryOf`.',
  },
});
