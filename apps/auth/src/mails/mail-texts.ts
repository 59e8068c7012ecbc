import type { MailKind } from './mail-order.js';

interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** Where a front end takes the token; the part behind `#` reaches no server log. */
const PAGES = { verify_email: 'verify-email', reset_password: 'reset-password' } as const;
const ROUTES = { verify_email: '/auth/v1/email/verify', reset_password: '/auth/v1/password/reset' } as const;

/**
 * What a mail says. Nothing in it was typed by whoever caused it: a name would let strangers write to others in ours.
 * @param pagesUrl the front end that has the pages; without one the token stands alone
 */
export function mailText(kind: MailKind, token: string, pagesUrl: string | undefined): MailText {
  if (kind === 'password_changed') return CHANGED;
  const how =
    pagesUrl === undefined
      ? `Your code, to be sent to ${ROUTES[kind]}:\n\n${token}`
      : `Open this page:\n\n${pagesUrl.replace(/\/+$/, '')}/${PAGES[kind]}#token=${token}`;
  return kind === 'verify_email' ? verify(how) : reset(how);
}

const verify = (how: string): MailText => ({
  subject: 'Confirm your e-mail address',
  text: `Somebody signed up for EventZR with this address. If it was you, confirm it within 24 hours.\n\n${how}\n\nIf it was not you, there is nothing to do: an account that is not confirmed stops working after a day.\n`,
});

const reset = (how: string): MailText => ({
  subject: 'Choose a new password',
  text: `Somebody asked for a new password for your EventZR account. If it was you, choose one within an hour.\n\n${how}\n\nIf it was not you, there is nothing to do: your password stays as it is.\n`,
});

const CHANGED: MailText = {
  subject: 'Your password was changed',
  text: 'The password of your EventZR account was changed, and other sessions were ended. If it was not you, ask for a new password at once and tell your administrator.\n',
};
