import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Describe, Example, Fault } from '@eventzr/http';
import { DEFAULT_MAX_TOKENS, HIGHEST_MAX_TOKENS } from '@eventzr/wallet-client';
import { AiBrainErrors } from '../aibrain.errors.js';
import { VoiceTurnView } from '../voice/voice-turn.dto.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The modes that are served. */
export const MODES = ['single', 'zar'] as const;
export type Mode = (typeof MODES)[number];

/** How a question is to be answered, however it was asked. */
export class AnswerWishes {
  @IsOptional()
  @Fault(AiBrainErrors.INVALID_MODE)
  @IsIn(MODES)
  mode: Mode = 'single';

  @IsOptional()
  @Fault(AiBrainErrors.INVALID_MAX_TOKENS)
  @IsInt()
  @Min(1)
  @Max(HIGHEST_MAX_TOKENS)
  @Example(500, 'Most tokens of the answer; decides the hold.')
  maxTokens: number = DEFAULT_MAX_TOKENS;

  @IsOptional()
  @Fault(AiBrainErrors.CONTEXT_TOO_LARGE)
  @IsString()
  @MaxLength(10_000)
  @Example('Budget: $5000, Location: Mumbai', 'What is known besides the prompt.')
  context?: string;

  @IsOptional()
  @Matches(UUID)
  @Describe('Goes on with this conversation; without it, a new one begins.')
  conversationId?: string;

  @IsOptional()
  @IsIn(['fail', 'best'])
  @Describe(
    'In mode zar, when the members do not agree: fail and charge nothing, or give the best answer all the same.',
  )
  onNoConsensus?: 'fail' | 'best';
}

/** One prompt for one orchestration. Only the prompt is required. */
export class OrchestrateRequest extends AnswerWishes {
  @Fault(AiBrainErrors.INVALID_PROMPT)
  @IsString()
  @Length(1, 20_000)
  @Matches(/\S/, { message: 'prompt must not be blank' })
  @Example('Plan a corporate team-building event for 50 people')
  prompt!: string;

  @IsOptional()
  @IsIn(['text', 'json'])
  responseFormat?: 'text' | 'json';

  @IsOptional()
  @IsBoolean()
  @Describe('Server-sent events instead of one answer; so does `Accept: text/event-stream`.')
  stream?: boolean;
}

export class TokenUsage {
  @IsInt()
  @Example(42)
  inputTokens!: number;

  @IsInt()
  @Example(318)
  outputTokens!: number;

  @IsInt()
  @Example(360)
  totalTokens!: number;

  @IsOptional()
  @IsBoolean()
  @Describe('By length, where nobody counted: the caller left a stream before its end.')
  estimated?: boolean;
}

export class OrchestrationCredits {
  @IsInt()
  @Example(7)
  held!: number;

  @IsInt()
  @Example(6)
  charged!: number;

  @IsInt()
  @Describe('Held, but not charged.')
  @Example(1)
  refunded!: number;
}

export class Position {
  @IsString()
  @Example('A')
  member!: string;

  @IsString()
  @Example('1500')
  says!: string;
}

export class DisagreementView {
  @IsString()
  @Example('catering')
  topic!: string;

  @ValidateNested({ each: true })
  @Type(() => Position)
  positions!: Position[];
}

export class ConsensusView {
  @IsBoolean()
  reached!: boolean;

  @IsOptional()
  @IsNumber()
  @Describe('0 to 1, computed from the answers themselves; null when one member answered.')
  @Example(0.72)
  score!: number | null;

  @IsIn(['high', 'medium', 'low', 'none'])
  level!: 'high' | 'medium' | 'low' | 'none';

  @IsInt()
  @Example(3)
  answered!: number;

  @IsInt()
  @Example(3)
  of!: number;

  @ValidateNested({ each: true })
  @Type(() => DisagreementView)
  disagreements!: DisagreementView[];

  @IsIn(['families', 'self', 'local'])
  @Describe('Who was asked: three model families, one model more than once, or the three local planners.')
  panel!: 'families' | 'self' | 'local';

  @IsIn(['written', 'unanimous', 'medoid'])
  @Describe(
    'How the answer was made: written anew from the members, said by all, or taken from the member nearest to the others.',
  )
  synthesis!: 'written' | 'unanimous' | 'medoid';
}

export class MemberView {
  @IsString()
  @Example('A')
  slot!: string;

  @IsString()
  @Example('local')
  provider!: string;

  @IsString()
  @Example('local-planner-1')
  model!: string;

  @IsIn(['answered', 'failed', 'timeout', 'aborted'])
  status!: 'answered' | 'failed' | 'timeout' | 'aborted';

  @IsInt()
  @Example(31)
  latencyMs!: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => TokenUsage)
  usage?: TokenUsage;

  @IsOptional()
  @IsNumber()
  @Describe('Absent where it is not known: an answer that was given up may have cost something.')
  @Example(0.000045)
  costUsd?: number;
}

/** What an answer of now and one of the past have in common. */
class OrchestrationOutcome {
  @Matches(UUID)
  id!: string;

  @Matches(UUID)
  conversationId!: string;

  @IsString()
  @Example('# Team-building event for 50 people in Mumbai …')
  answer!: string;

  @IsString({ each: true })
  @Example(['local-planner-1'])
  modelsUsed!: string[];

  @ValidateNested()
  @Type(() => TokenUsage)
  usage!: TokenUsage;

  @IsNumber()
  @Example(0.000135)
  costUsd!: number;

  @ValidateNested()
  @Type(() => OrchestrationCredits)
  credits!: OrchestrationCredits;

  @IsInt()
  @Example(24)
  latencyMs!: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => ConsensusView)
  consensus?: ConsensusView;

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => MemberView)
  members?: MemberView[];

  @IsOptional()
  @IsString({ each: true })
  @Describe('What the caller should know about this answer.')
  @Example(['Rule-based local planner: prices are estimates, not quotes.'])
  limits?: string[];
}

/** The answer to an orchestration. */
export class OrchestrationAnswer extends OrchestrationOutcome {
  @IsIn(MODES)
  mode!: Mode;

  @IsOptional()
  @IsBoolean()
  @Describe('Only one member of three answered; it was charged as a single answer.')
  degraded?: boolean;
}

/** An orchestration of the past. */
export class OrchestrationRecord extends OrchestrationOutcome {
  @IsIn(['single', 'zar', 'voice'])
  mode!: string;

  @IsString()
  @Example('Plan a corporate team-building event for 50 people')
  prompt!: string;

  @IsOptional()
  @IsString()
  @Example('Budget: $5000, Location: Mumbai')
  context!: string | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => VoiceTurnView)
  @Describe('Of a spoken turn, whose mode is `voice`.')
  voice?: VoiceTurnView;

  @IsISO8601()
  createdAt!: string;
}

export class ModeView {
  @IsIn(MODES)
  name!: Mode;

  @IsString()
  @Example('One model answers in one step.')
  description!: string;

  @IsInt()
  @Example(6)
  minCredits!: number;

  @IsInt()
  @Example(40)
  maxCredits!: number;
}
