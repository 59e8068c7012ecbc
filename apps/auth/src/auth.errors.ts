import { defineErrors } from '@eventzr/http';

/** What auth answers beyond the house's own codes. */
export const AuthErrors = defineErrors({
  INVALID_CREDENTIALS: { http: 401, message: 'The e-mail address or the password is wrong.' },
  ACCOUNT_SUSPENDED: { http: 403, message: 'This account is suspended.' },
  ACCOUNT_LOCKED: {
    http: 423,
    message: 'Too many failed log-ins: this account opens again in a few minutes.',
    retryable: true,
  },
  ACCOUNT_NOT_VERIFIED: {
    http: 403,
    message:
      'The e-mail address of this account was never confirmed: ask for a new mail at /email/verify/resend.',
  },
  EMAIL_TAKEN: {
    http: 409,
    message: 'There is an account with this e-mail address: log in or reset its password.',
  },
  WEAK_PASSWORD: {
    http: 400,
    message: 'This password is one of those that are guessed first: choose another one.',
  },
  LINK_INVALID: {
    http: 400,
    message: 'This token is unknown, too old or was used before: ask for a new mail.',
  },
  REFRESH_TOKEN_EXPIRED: { http: 401, message: 'The refresh token has expired: log in again.' },
  REFRESH_REUSED: {
    http: 401,
    message: 'This refresh token was used before. The session has been ended for safety: log in again.',
    logLevel: 'warn',
  },
  SESSION_EXPIRED: { http: 401, message: 'The session has ended: log in again.' },
  SESSION_NOT_FOUND: { http: 404, message: 'There is no such session.' },
  MAX_SESSIONS_REACHED: {
    http: 429,
    message: 'This account has as many open sessions as it may: end one, or wait until one expires.',
  },
  MFA_INVALID_CODE: { http: 400, message: 'The code is wrong, too old or was used before.' },
  MFA_NOT_ENABLED: { http: 400, message: 'This account has no second factor.' },
  MFA_REQUIRED_BY_POLICY: { http: 403, message: 'This account must keep its second factor.' },
  LAST_ADMIN: { http: 409, message: 'A tenant keeps at least one active administrator.' },
  PLATFORM_TENANT: { http: 409, message: 'The platform’s own tenant cannot be suspended.' },
});
