import type { Environment } from '@eventzr/config';
import { HouseConfig } from '@eventzr/config';
import { IsInt, Max, Min } from 'class-validator';

/** aibrain's environment. */
export class AiBrainConfig extends HouseConfig {
  /** Longest wait for one orchestration, in milliseconds. */
  @IsInt()
  @Min(1_000)
  @Max(600_000)
  orchestrationTimeoutMs = 90_000;
}

/** The process environment: read here and nowhere else in this service. */
export function environment(): Environment {
  return process.env;
}
