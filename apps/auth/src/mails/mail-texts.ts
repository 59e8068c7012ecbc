import type { MailKind } from './mail-order.js';

interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** Where a front end takes the token; the part behind `#` reaches no server log. */
const CONFIRM = { page: 'verify-email', route: '/auth/v1/email/verify' };
const CHOOSE = { page: 'reset-password', route: '/auth/v1/password/reset' };
const PLACES = { verify_email: CONFIRM, reset_password: CHOOSE, invitation: CHOOSE } as const;

/**
 * What a mail says. Nothing in it was typed by whoever caused it: a name would let strangers write to others in ours.
 * @param pagesUrl the front end that has the pages; without one the token stands alone
 */
export function mailText(kind: MailKind, token: string, pagesUrl: string | undefined): MailText {
  if (kind === 'password_changed') return CHANGED;
  const { page, route } = PLACES[kind];
  const how =
    pagesUrl === undefined
      ? `Your code, to be sent to ${route}:\n\n${token}`
      : `Open this page:\n\n${pagesUrl.replace(/\/+$/, '')}/${page}#token=${token}`;
  return TEXTS[kind](how);
}

const verify = (how: string): MailText => ({
  subject: 'Confirm your e-mail address',
  text: `An EventZR account was opened with this address. If it is yours, confirm the address within 24 hours.\n\n${how}\n\nIf it is not, there is nothing to do: an account that is not confirmed stops working after a day.\n`,
});

const reset = (how: string): MailText => ({
  subject: 'Choose a new password',
  text: `Somebody asked for a new password for your EventZR account. If it was you, choose one within an hour.\n\n${how}\n\nIf it was not you, there is nothing to do: your password stays as it is.\n`,
});

const invitation = (how: string): MailText => ({
  subject: 'Your EventZR account',
  text: `An administrator made an EventZR account for you. Choose a password for it within an hour.\n\n${how}\n\nLater, ask for a new password with this address. If you expect no account, there is nothing to do: without a password it opens to nobody.\n`,
});

const TEXTS = { verify_email: verify, reset_password: reset, invitation } as const;

const CHANGED: MailText = {
  subject: 'Your password was changed',
  text: 'The password of your EventZR account was changed, and other sessions were ended. If it was not you, ask for a new password at once and tell your administrator.\n',
};
