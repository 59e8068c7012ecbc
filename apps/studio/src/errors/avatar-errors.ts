import { defineErrors } from '@eventzr/http';

/** `STUDIO_14xx`: talking heads. */
export const AvatarErrors = defineErrors({
  INVALID_SCRIPT: {
    code: 'STUDIO_1400',
    http: 400,
    message: 'Give a script of 1 to 5,000 characters or a recording, and only one of them.',
  },
  UNKNOWN_PRESENTER: {
    code: 'STUDIO_1401',
    http: 400,
    message: 'There is no presenter with this id; see GET /avatars/presenters.',
  },
  AVATAR_PROVIDER_ERROR: {
    code: 'STUDIO_1402',
    http: 502,
    message: 'The avatar provider could not make the video.',
  },
  AVATAR_GENERATION_TIMEOUT: {
    code: 'STUDIO_1403',
    http: 504,
    message: 'The talking head was not ready before the deadline of its job.',
  },
  UNKNOWN_AVATAR_PROVIDER: {
    code: 'STUDIO_1404',
    http: 400,
    message: 'There is no avatar provider of this name.',
  },
  AVATAR_REFUSED: {
    code: 'STUDIO_1405',
    http: 422,
    message: 'The provider refused to make this talking head; nothing was charged.',
    logLevel: 'info',
  },
  INVALID_BACKGROUND: {
    code: 'STUDIO_1406',
    http: 400,
    message:
      'The background is a colour such as #336699, studio, office, stage, garden, or the address of a picture.',
  },
  UNKNOWN_AVATAR_VOICE: {
    code: 'STUDIO_1407',
    http: 400,
    message: 'The presenter cannot speak with this voice; see GET /audio/voices.',
  },
});
