/** invitation: an administrator made an account that has no password yet. */
export type MailKind = 'verify_email' | 'reset_password' | 'invitation' | 'password_changed';

/** A mail that is owed to somebody, as long as there is such an account. */
export interface MailWish {
  /** Whose row it is; `NO_TENANT` when nobody is logged in who could name one. */
  readonly tenantId: string;
  readonly kind: MailKind;
  readonly email: string;
}

export interface MailOrder extends MailWish {
  readonly id: string;
  /** The running attempt, from 1. */
  readonly attempts: number;
  readonly createdAt: Date;
}
