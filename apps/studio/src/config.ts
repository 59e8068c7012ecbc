import type { Environment } from '@eventzr/config';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Max, Min, MinLength } from 'class-validator';
import { materialFault } from './provenance/c2pa-material.js';
import { VendorConfig } from './providers/vendor-config.js';

const UNSIGNED =
  'C2PA_CERTIFICATE and C2PA_PRIVATE_KEY must both be set (PEM): they sign what studio generates. To run without signatures on purpose, set C2PA=off';

/** Studio's environment. */
export class StudioConfig extends VendorConfig {
  @IsString()
  dataDir!: string;

  /** Signs the links under which assets open without a header. */
  @MinLength(32)
  urlSigningKey!: string;

  @IsOptional()
  @MinLength(32)
  urlSigningKeyNext?: string;

  /** How long a content link lives, in seconds. */
  @IsInt()
  @Min(60)
  @Max(604_800)
  contentLinkTtlSeconds = 3_600;

  /** How long assets are kept, in days. */
  @IsInt()
  @Min(1)
  @Max(3_650)
  assetRetentionDays = 90;

  @IsOptional()
  @IsString()
  openaiApiKey?: string;

  @IsUrl({ require_tld: false, require_protocol: true })
  openaiBaseUrl = 'https://api.openai.com/v1';

  /** The model behind every `dall-e-3`, `dalle3` and `gpt-image-*`. */
  @IsString()
  openaiImageModel = 'gpt-image-1.5';

  /** Longest wait for one picture of a vendor, in milliseconds. */
  @IsInt()
  @Min(1_000)
  @Max(600_000)
  imageTimeoutMs = 120_000;

  /** Whether generated files are signed (C2PA). In production `off` must be said: nothing starts unsigned by accident. */
  @IsIn(['on', 'off'])
  c2pa: 'on' | 'off' = 'on';

  /** PEM: the certificate that signs generated files, and the chain above it; embedded, one is made. */
  @IsOptional()
  @IsString()
  c2paCertificate?: string;

  /** PEM, PKCS#8. */
  @IsOptional()
  @IsString()
  c2paPrivateKey?: string;

  /** Who judges prompts besides our own list: `vendor` always, `auto` when OpenAI has a key, `local` nobody. */
  @IsIn(['auto', 'local', 'vendor'])
  moderation: 'auto' | 'local' | 'vendor' = 'auto';

  /** Whether prompts that the vendor could not judge are refused (`closed`) or accepted (`open`). */
  @IsIn(['closed', 'open'])
  moderationFailure: 'closed' | 'open' = 'closed';

  /** Whether uploaded and vendors' pictures are judged. */
  @IsIn(['on', 'off'])
  imageModeration: 'on' | 'off' = 'on';

  /** Whether pictures that could not be judged are refused (`closed`) or accepted (`open`). */
  @IsIn(['closed', 'open'])
  imageModerationFailure: 'closed' | 'open' = 'open';

  /** From which probability, in percent, a picture counts as explicit; and as merely suggestive. */
  @IsInt()
  @Min(0)
  @Max(101)
  imageModerationPornPercent = 70;

  @IsInt()
  @Min(0)
  @Max(101)
  imageModerationSexyPercent = 95;

  @IsString()
  openaiSpeechModel = 'gpt-4o-mini-tts';

  /** One that answers `verbose_json`. */
  @IsString()
  openaiTranscriptModel = 'whisper-1';

  @IsString()
  elevenlabsSpeechModel = 'eleven_flash_v2_5';

  @IsString()
  elevenlabsTranscriptModel = 'scribe_v2';

  /** With its secret: turns `aws-polly` on. */
  @IsOptional()
  @IsString()
  pollyAccessKeyId?: string;

  @IsOptional()
  @IsString()
  pollySecretAccessKey?: string;

  @IsString()
  pollyRegion = 'us-east-1';

  @IsIn(['standard', 'neural', 'long-form', 'generative'])
  pollyEngine: 'standard' | 'neural' | 'long-form' | 'generative' = 'neural';

  /** With its secret and a bucket: turns `aws-transcribe` on. */
  @IsOptional()
  @IsString()
  transcribeAccessKeyId?: string;

  @IsOptional()
  @IsString()
  transcribeSecretAccessKey?: string;

  /** Where recordings lie for the vendor, and where it puts transcripts. */
  @IsOptional()
  @IsString()
  transcribeBucket?: string;

  @IsString()
  transcribeRegion = 'us-east-1';

  /** Longest wait for one answer of a vendor of speech or transcripts, in milliseconds. */
  @IsInt()
  @Min(1_000)
  @Max(600_000)
  audioTimeoutMs = 180_000;

  override faults(): readonly string[] {
    return [...super.faults(), ...this.signingFaults()];
  }

  private signingFaults(): readonly string[] {
    const { c2pa, c2paCertificate: certificate, c2paPrivateKey: privateKey, embedded } = this;
    if (c2pa === 'off' || (embedded && certificate === undefined && privateKey === undefined)) return [];
    if (certificate === undefined || privateKey === undefined) return [UNSIGNED];
    const fault = materialFault({ certificate, privateKey });
    return fault === undefined ? [] : [fault];
  }
}

/** The process environment: read here and nowhere else in this service. */
export function environment(): Environment {
  return process.env;
}
