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
  INVALID_TRANSFORMATION: {
    code: 'STUDIO_1006',
    http: 400,
    message: 'There is no such transformation, or it does not know this style.',
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
  RENDER_JOB_REDRIVEN: {
    code: 'STUDIO_1905',
    http: 409,
    message: 'This render job was driven again already; the new job names it in `retryOf`.',
  },
  ASSET_NOT_FOUND: { code: 'STUDIO_2000', http: 404, message: 'There is no asset with this id.' },
  ASSET_LINK_INVALID: { code: 'STUDIO_2001', http: 403, message: 'This link is not valid or has expired.' },
  VAULT_QUOTA_EXCEEDED: {
    code: 'STUDIO_2002',
    http: 403,
    message: "The file does not fit into the vault's storage of the plan.",
  },
  VAULT_TYPE_REFUSED: {
    code: 'STUDIO_2003',
    http: 415,
    message: 'The vault keeps pictures, films, sounds and PDF; this file is none of them.',
  },
  VAULT_FILE_TOO_LARGE: {
    code: 'STUDIO_2004',
    http: 413,
    message: 'The file is larger than the vault takes in one piece; download it from its contentUrl.',
  },
  VAULT_UNAVAILABLE: {
    code: 'STUDIO_2005',
    http: 503,
    message: 'The vault does not answer at the moment; asking again saves nothing twice.',
    logLevel: 'warn',
  },
  VAULT_FAILED: { code: 'STUDIO_2006', http: 502, message: 'The vault could not take the file.' },
});
