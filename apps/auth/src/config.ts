import type { Environment } from '@eventzr/config';
import { HouseConfig } from '@eventzr/config';
import { IsIn, IsInt, IsOptional, IsUrl, Matches, Max, Min, MinLength } from 'class-validator';

/** Auth's environment. */
export class AuthConfig extends HouseConfig {
  /** Seals private signing keys and TOTP secrets in the database. Losing it means new keys and new second factors. */
  @MinLength(32)
  keyEncryptionKey!: string;

  /** Derives each refresh token's successor. Replacing it ends replays in flight, not sessions. */
  @MinLength(32)
  refreshKey!: string;

  /** How `/login/email` signs: HS256 (needs JWT_HS256_SECRET) for callers that expect the legacy tokens. */
  @IsIn(['RS256', 'HS256'])
  loginEmailAlg: 'RS256' | 'HS256' = 'RS256';

  /** How long one key signs, in days. */
  @IsInt()
  @Min(1)
  @Max(365)
  keyRotationDays = 30;

  /** How many sessions one account may have open at once; the next log-in is answered MAX_SESSIONS_REACHED. */
  @IsInt()
  @Min(1)
  @Max(100_000)
  maxSessionsPerUser = 1_000;

  /** The mail server. Absent: mails are kept for developers (embedded) or only noted in the log (production). */
  @IsOptional()
  @Matches(/^smtps?:\/\//, { message: 'must be an smtp:// or smtps:// URL' })
  smtpUrl?: string;

  /** `optional` allows a server that does not offer TLS: a relay on the same machine. */
  @IsIn(['required', 'optional'])
  smtpTls: 'required' | 'optional' = 'required';

  /** Who our mails come from. */
  @Matches(/^[^\r\n]*@[^\r\n]+$/, { message: 'must be an address such as EventZR <no-reply@example.com>' })
  mailFrom = 'EventZR <no-reply@eventzr.com>';

  /** The front end whose pages `verify-email` and `reset-password` take a token. Absent: mails show the token alone. */
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  accountPagesUrl?: string;
}

/** The process environment: read here and nowhere else in this service. */
export function environment(): Environment {
  return process.env;
}
