import type { Environment } from '@eventzr/config';
import { HouseConfig } from '@eventzr/config';
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator';

const MODEL = String.raw`[\w-]+/[^,\s]+`;
const ONE_MODEL = new RegExp(`^(?:${MODEL})?$`);
const UP_TO_THREE_MODELS = new RegExp(`^(?:${MODEL}(?:,${MODEL}){0,2})?$`);

/** aibrain's environment. */
export class AiBrainConfig extends HouseConfig {
  /** Longest wait for one orchestration, in milliseconds. */
  @IsInt()
  @Min(1_000)
  @Max(600_000)
  orchestrationTimeoutMs = 90_000;

  /** Longest wait for one spoken turn, the recording's transcript and the spoken answer included, in milliseconds. */
  @IsInt()
  @Min(1_000)
  @Max(600_000)
  voiceTimeoutMs = 180_000;

  /** Least confidence of a transcript that is answered without asking back, in per cent. */
  @IsInt()
  @Min(0)
  @Max(100)
  voiceConfidencePercent = 50;

  /** Members of mode zar, `provider/model` with commas between; empty: llm-orch's default model three times, or its three local planners. */
  @Matches(UP_TO_THREE_MODELS, { message: 'must be up to three of provider/model, separated by commas' })
  zarMembers = '';

  /** Who compares the answers, `provider/model`; empty: the first member that is a language model. */
  @Matches(ONE_MODEL, { message: 'must be provider/model' })
  zarJudge = '';

  /** Who writes the final answer, in the same way. */
  @Matches(ONE_MODEL, { message: 'must be provider/model' })
  zarWriter = '';

  /** Least wait for the third member once two have answered, in milliseconds. */
  @IsInt()
  @Min(0)
  @Max(60_000)
  zarGraceMs = 1_000;

  /** Whether every piece of a streamed answer is an event too. */
  @IsIn(['on', 'off'])
  streamChunkEvents: 'on' | 'off' = 'off';
}

/** The process environment: read here and nowhere else in this service. */
export function environment(): Environment {
  return process.env;
}
