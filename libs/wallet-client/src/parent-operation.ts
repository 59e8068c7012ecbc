import { IsInt, Matches, Max, Min } from 'class-validator';
import { currentContext, validated } from '@eventzr/http';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The operation that pays for an internal call. */
export interface ParentOperation {
  readonly operationId: string;
  readonly holdId: string;
  /** The most that all children of the parent may cost together. */
  readonly maxMicroUsd: number;
}

class ParentHeaders {
  @Matches(UUID)
  'x-parent-operation'!: string;

  @Matches(UUID)
  'x-parent-hold'!: string;

  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  'x-parent-max-micro-usd'!: number;
}

/**
 * Who pays for the call being served. It stands in headers, not in the body: a repeated step may be paid by a newer
 * hold and is the same step all the same.
 * @throws VALIDATION_FAILED 400
 */
export function parentOperation(): ParentOperation {
  const headers = currentContext()?.headers ?? {};
  const names = ['x-parent-operation', 'x-parent-hold', 'x-parent-max-micro-usd'] as const;
  const given = Object.fromEntries(names.map((name) => [name, headers[name]]));
  const parent = validated(ParentHeaders, given, { textual: true });
  return {
    operationId: parent['x-parent-operation'],
    holdId: parent['x-parent-hold'],
    maxMicroUsd: parent['x-parent-max-micro-usd'],
  };
}
