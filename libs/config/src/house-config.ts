import { IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength } from 'class-validator';
import type { ServiceName } from './services.js';

const URL_RULE = { require_tld: false, require_protocol: true };
const POSTGRES_URL = /^postgres(ql)?:\/\//;

/**
 * What every service reads from its environment. A service's own `config.ts` extends this class; each property
 * `someName` is read from `SOME_NAME`. A blank variable counts as absent.
 */
export class HouseConfig {
  /** `embedded` seeds accounts, prints secrets and falls back to local providers; everything else is production. */
  @IsIn(['embedded', 'production'])
  eventzrMode: 'embedded' | 'production' = 'production';

  @IsInt()
  @Min(0)
  @Max(65535)
  port = 8080;

  @IsInt()
  @Min(0)
  @Max(65535)
  internalPort = 8081;

  /** Address that the public listener binds. */
  @IsString()
  host = '0.0.0.0';

  /** Address that the internal listener binds: private in a fleet, loopback in the standalone. */
  @IsString()
  internalHost = '0.0.0.0';

  /** The service's database as its `<svc>_app` role. */
  @Matches(POSTGRES_URL, { message: 'must be a postgresql:// URL of the <service>_app role' })
  databaseUrl!: string;

  /** The same database as its `<svc>_job` role. */
  @Matches(POSTGRES_URL, { message: 'must be a postgresql:// URL of the <service>_job role' })
  jobDatabaseUrl!: string;

  @IsOptional()
  @Matches(/^rediss?:\/\//, { message: 'must be a redis:// URL' })
  redisUrl?: string;

  @IsOptional()
  @IsString()
  kafkaBrokers?: string;

  @IsString()
  jwtIssuer = 'eventzr';

  @IsString()
  jwtAudience = 'eventzr-api';

  /** Turns the legacy HS256 issuer on. At least 32 bytes, neither PEM nor JWK. */
  @IsOptional()
  @IsString()
  jwtHs256Secret?: string;

  @IsString()
  jwtHs256Issuer = 'eventzr-legacy';

  @IsString()
  jwtHs256Audience = 'eventzr-api';

  /** Whether the legacy issuer may assert the role `admin`. */
  @IsIn(['on', 'off'])
  jwtHs256Admin: 'on' | 'off' = 'off';

  /** Opens `/jobs/*` and nothing else. Absent or blank: every call is refused. */
  @IsOptional()
  @IsString()
  internalApiKey?: string;

  /** A second valid internal key while the first is being replaced. */
  @IsOptional()
  @IsString()
  internalApiKeyNext?: string;

  /** The secret with which this service names itself to the others. */
  @MinLength(32)
  serviceKey!: string;

  /** Who may call: `name:sha256-hex` pairs, comma separated. */
  @Matches(/^[a-z-]+:[0-9a-f]{64}(,[a-z-]+:[0-9a-f]{64})*$/, {
    message: 'must be name:sha256hex pairs, comma separated',
  })
  serviceKeyDigests!: string;

  @IsUrl(URL_RULE)
  authInternalUrl!: string;

  @IsOptional()
  @IsUrl(URL_RULE)
  walletInternalUrl?: string;

  @IsOptional()
  @IsUrl(URL_RULE)
  studioInternalUrl?: string;

  @IsOptional()
  @IsUrl(URL_RULE)
  aibrainInternalUrl?: string;

  @IsOptional()
  @IsUrl(URL_RULE)
  llmOrchInternalUrl?: string;

  @IsOptional()
  @IsUrl(URL_RULE)
  subscriptionsInternalUrl?: string;

  @IsOptional()
  @IsUrl(URL_RULE)
  vaultInternalUrl?: string;

  /** Where callers reach the platform; the base of every absolute link that we hand out. */
  @IsUrl(URL_RULE)
  publicBaseUrl = 'http://localhost:8080';

  @IsIn(['on', 'off'])
  rateLimit: 'on' | 'off' = 'on';

  /** Requests per minute and tenant, by tier of the plan. */
  @IsInt()
  @Min(1)
  rateLimitBasePerMinute = 100;

  @IsInt()
  @Min(1)
  rateLimitProPerMinute = 1_000;

  @IsInt()
  @Min(1)
  rateLimitEnterprisePerMinute = 10_000;

  /** Whether a known but unconfigured provider is replaced by the local one. */
  @IsIn(['on', 'off'])
  localFallback: 'on' | 'off' = 'off';

  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
  logLevel = 'info';

  /** Which proxies may set the client's address (Fastify `trustProxy`): a list of addresses, or `false`. */
  @IsString()
  trustProxy = 'loopback';

  get embedded(): boolean {
    return this.eventzrMode === 'embedded';
  }

  /** What no single variable shows: one line per fault, each saying what to set. */
  faults(): readonly string[] {
    return !this.embedded && this.rateLimit === 'off' ? ['RATE_LIMIT=off is refused in production'] : [];
  }

  /** Base URL of a service's private listener, e.g. `http://127.0.0.1:8081`; undefined when not configured. */
  internalUrlOf(service: ServiceName): string | undefined {
    const urls: Record<ServiceName, string | undefined> = {
      auth: this.authInternalUrl,
      wallet: this.walletInternalUrl,
      studio: this.studioInternalUrl,
      aibrain: this.aibrainInternalUrl,
      'llm-orch': this.llmOrchInternalUrl,
      subscriptions: this.subscriptionsInternalUrl,
      vault: this.vaultInternalUrl,
    };
    return urls[service];
  }
}
