import { defineErrors } from '@eventzr/http';

/** `STUDIO_18xx`: prices, callbacks and webhooks. */
export const WebhookErrors = defineErrors({
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
});
