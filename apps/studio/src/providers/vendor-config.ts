import { HouseConfig } from '@eventzr/config';
import { IsInt, IsOptional, IsString, IsUrl, Max, Min } from 'class-validator';

const ADDRESS = { require_tld: false, require_protocol: true };

/**
 * The vendors of pictures, films, presenters and music. Each is switched on by its key; models are configuration,
 * because vendors retire them within months. OpenAI has its own part in the service's configuration.
 */
export class VendorConfig extends HouseConfig {
  @IsOptional()
  @IsString()
  stabilityApiKey?: string;

  @IsUrl(ADDRESS)
  stabilityBaseUrl = 'https://api.stability.ai';

  /** The model behind the quality `high`. */
  @IsString()
  stabilityModel = 'sd3.5-large';

  @IsOptional()
  @IsString()
  ideogramApiKey?: string;

  @IsUrl(ADDRESS)
  ideogramBaseUrl = 'https://api.ideogram.ai';

  @IsString()
  ideogramModel = 'ideogram-v3';

  @IsOptional()
  @IsString()
  fluxApiKey?: string;

  @IsUrl(ADDRESS)
  fluxBaseUrl = 'https://api.bfl.ai';

  @IsString()
  fluxModel = 'flux-2-pro';

  @IsOptional()
  @IsString()
  runwayApiKey?: string;

  @IsUrl(ADDRESS)
  runwayBaseUrl = 'https://api.dev.runwayml.com';

  @IsString()
  runwayModel = 'gen4.5';

  @IsOptional()
  @IsString()
  lumaApiKey?: string;

  @IsUrl(ADDRESS)
  lumaBaseUrl = 'https://agents.lumalabs.ai/v1';

  @IsString()
  lumaModel = 'ray-3.2';

  @IsOptional()
  @IsString()
  heygenApiKey?: string;

  @IsUrl(ADDRESS)
  heygenBaseUrl = 'https://api.heygen.com';

  /** Of speaking people. */
  @IsString()
  heygenEngine = 'avatar_iv';

  /** Of films from prompts. */
  @IsString()
  heygenVideoModel = 'heygen-video-1';

  /** The operator's avatars: `avatarId|name|voiceId`, comma-separated; the voice may be left out. */
  @IsString()
  heygenPresenters = '';

  /** Of a reseller: Suno has no public API. */
  @IsOptional()
  @IsString()
  sunoApiKey?: string;

  @IsUrl(ADDRESS)
  sunoBaseUrl = 'https://api.sunoapi.org';

  @IsString()
  sunoModel = 'V5';

  @IsOptional()
  @IsString()
  elevenlabsApiKey?: string;

  @IsUrl(ADDRESS)
  elevenlabsBaseUrl = 'https://api.elevenlabs.io';

  @IsString()
  elevenlabsMusicModel = 'music_v2_5';

  /** Longest wait for one answer of a vendor that works in tasks, and for one result of it, in milliseconds. */
  @IsInt()
  @Min(1_000)
  @Max(600_000)
  vendorTimeoutMs = 60_000;

  /** Longest wait for a track of a vendor that answers with the track itself, in milliseconds. */
  @IsInt()
  @Min(1_000)
  @Max(900_000)
  musicTimeoutMs = 300_000;
}
