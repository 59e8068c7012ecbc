import {
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import { Describe, Example, PageQuery } from '@eventzr/http';
import { AssetView } from '../assets/assets.dto.js';

const UUID = /^[0-9a-f-]{36}$/;
export const JOB_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export const JOB_TYPES = [
  'image',
  'image-transform',
  'background-removal',
  'image-variation',
  'video',
  'tts',
  'transcription',
  'music',
  'talking-head',
  'poster',
  'invitation',
  'presentation',
] as const;

export class JobLinks {
  @IsString()
  @Example('/studio/v1/render-jobs/019a9d3e-6c11-7d0a-8f5e-3b0f6a1c2d4e')
  self!: string;

  @IsString()
  @Describe('Progress as server-sent events.')
  @Example('/studio/v1/render-jobs/019a9d3e-6c11-7d0a-8f5e-3b0f6a1c2d4e/events')
  events!: string;

  @IsString()
  @Example('/studio/v1/render-jobs/019a9d3e-6c11-7d0a-8f5e-3b0f6a1c2d4e/cancel')
  cancel!: string;
}

/** The answer to a submitted job. */
export class JobReceipt {
  @Matches(UUID)
  @Example('019a9d3e-6c11-7d0a-8f5e-3b0f6a1c2d4e')
  jobId!: string;

  @IsIn(JOB_STATUSES)
  status!: (typeof JOB_STATUSES)[number];

  @IsInt()
  @Example(30, 'Held now; charged only when the job succeeds.')
  creditsReserved!: number;

  @IsISO8601()
  @Example('2026-01-15T09:00:02.000Z')
  estimatedCompletionTime!: string;

  @ValidateNested()
  @Type(() => JobLinks)
  links!: JobLinks;
}

export class JobFailure {
  @IsString()
  @Example('STUDIO_1002')
  code!: string;

  @IsString()
  @Example('The provider could not make the picture.')
  message!: string;
}

/** A render job as its owner sees it. */
export class JobView {
  @Matches(UUID)
  @Example('019a9d3e-6c11-7d0a-8f5e-3b0f6a1c2d4e')
  id!: string;

  @Matches(UUID)
  @Describe('The same as `id`, so that a waited-for answer carries what the receipt carries.')
  @Example('019a9d3e-6c11-7d0a-8f5e-3b0f6a1c2d4e')
  jobId!: string;

  @IsIn(JOB_TYPES)
  type!: string;

  @IsIn(JOB_STATUSES)
  @Example('succeeded')
  status!: (typeof JOB_STATUSES)[number];

  @IsInt()
  @Example(100, 'Percent.')
  progress!: number;

  @IsString()
  @Example('local')
  provider!: string;

  @IsOptional()
  @IsString()
  @Example('dall-e-3', 'What was asked for, where another provider stood in.')
  requestedProvider?: string;

  @IsInt()
  @Example(30)
  creditsReserved!: number;

  @IsInt()
  @Example(30)
  creditsCharged!: number;

  @IsInt()
  seed!: number;

  @IsObject()
  @Example({ prompt: 'A vibrant tech conference poster', width: 1024, height: 1024 })
  input!: object;

  @IsOptional()
  @IsObject()
  @Describe('What the job came to besides files, such as a transcript.')
  @Example(null)
  output!: object | null;

  @ValidateNested({ each: true })
  @Type(() => AssetView)
  assets!: AssetView[];

  @IsOptional()
  @ValidateNested()
  @Type(() => JobFailure)
  @Example(null)
  error!: JobFailure | null;

  @IsISO8601()
  createdAt!: string;

  @IsOptional()
  @IsISO8601()
  startedAt!: string | null;

  @IsOptional()
  @IsISO8601()
  finishedAt!: string | null;

  @IsISO8601()
  deadlineAt!: string;

  @IsInt()
  attempts!: number;

  @IsOptional()
  @IsISO8601()
  @Describe('A vendor is being asked to stop; the job ends when it answered.')
  cancelRequestedAt?: string;

  @IsOptional()
  @IsUUID()
  retryOf?: string;
}

export class ListJobsQuery extends PageQuery {
  @IsOptional()
  @IsIn(JOB_STATUSES)
  status?: (typeof JOB_STATUSES)[number];

  @IsOptional()
  @IsIn(JOB_TYPES)
  type?: (typeof JOB_TYPES)[number];

  @IsOptional()
  @IsIn(['true', 'false'])
  @Example('true', 'Admins only: jobs that failed after all attempts, or whose outcome nobody knows.')
  deadLetter?: 'true' | 'false';
}
