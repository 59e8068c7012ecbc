import { IsIn, IsISO8601, IsObject, IsString } from 'class-validator';
import { Describe, Example } from '@eventzr/http';

export class HealthView {
  @IsIn(['ok'])
  status!: 'ok';

  @IsString()
  @Example('studio')
  service!: string;

  @IsString()
  @Example('0.1.0')
  version!: string;

  @IsISO8601()
  timestamp!: string;
}

export class ReadinessView extends HealthView {
  @IsObject()
  @Describe('By name: `{ status: up | down | degraded, latencyMs, detail? }`.')
  @Example({ database: { status: 'up', latencyMs: 1.2 }, cache: { status: 'up', latencyMs: 0.1 } })
  checks!: Readonly<Record<string, object>>;
}
