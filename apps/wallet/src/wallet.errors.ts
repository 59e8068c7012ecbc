import { defineErrors } from '@eventzr/http';

/** What the wallet says no with. Codes without a mark in the comment are the documented ones. */
export const WalletErrors = defineErrors({
  NOT_FOUND: { code: 'ERR_WALLET_NOT_FOUND', http: 404, message: 'There is no such wallet.' },
  FROZEN: { code: 'ERR_WALLET_FROZEN', http: 403, message: 'The wallet is frozen.' },
  INSUFFICIENT_CREDITS: {
    code: 'ERR_WALLET_INSUFFICIENT_CREDITS',
    http: 402,
    message: 'The wallet has too few credits for this operation.',
  },
  CREDIT_LIMIT_EXCEEDED: {
    code: 'ERR_WALLET_CREDIT_LIMIT_EXCEEDED',
    http: 402,
    message: "The team's daily limit per user does not leave enough credits for this operation.",
  },
  TRANSACTION_NOT_FOUND: {
    code: 'ERR_WALLET_TRANSACTION_NOT_FOUND',
    http: 404,
    message: 'There is no such transaction.',
  },
  TRANSACTION_ALREADY_REFUNDED: {
    code: 'ERR_WALLET_TRANSACTION_ALREADY_REFUNDED',
    http: 409,
    message: 'The transaction is refunded in full already.',
  },
  REFUND_AMOUNT_EXCEEDED: {
    code: 'ERR_WALLET_REFUND_AMOUNT_EXCEEDED',
    http: 400,
    message: 'More would be refunded than was charged.',
  },
  IDEMPOTENCY_CONFLICT: {
    code: 'ERR_WALLET_IDEMPOTENCY_CONFLICT',
    http: 409,
    message: 'The id was used before with another value in this field.',
  },
  // From here on the codes are our own.
  TRANSACTION_NOT_REFUNDABLE: {
    code: 'ERR_WALLET_TRANSACTION_NOT_REFUNDABLE',
    http: 409,
    message: 'Only charges can be refunded.',
  },
  TEAM_NOT_ALLOWED: {
    code: 'ERR_WALLET_TEAM_NOT_ALLOWED',
    http: 403,
    message: "The team's policy does not let this role spend the team's credits.",
  },
  HOLD_NOT_FOUND: { code: 'ERR_WALLET_HOLD_NOT_FOUND', http: 404, message: 'There is no such hold.' },
  HOLD_RELEASED: { code: 'ERR_WALLET_HOLD_RELEASED', http: 409, message: 'The hold was released.' },
  HOLD_EXPIRED: { code: 'ERR_WALLET_HOLD_EXPIRED', http: 409, message: 'The hold has expired.' },
  HOLD_CAPTURED: { code: 'ERR_WALLET_HOLD_CAPTURED', http: 409, message: 'The hold was charged.' },
  CAPTURE_EXCEEDS_HOLD: {
    code: 'ERR_WALLET_CAPTURE_EXCEEDS_HOLD',
    http: 422,
    message: 'More would be charged than was held.',
  },
});
