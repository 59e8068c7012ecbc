import { IsBoolean, IsIn, IsInt, IsString } from 'class-validator';
import type { ErrorEntry, LogLevel } from '@eventzr/http';
import { Example } from '@eventzr/http';

export class ErrorEntryView implements ErrorEntry {
  @IsString()
  @Example('NOT_FOUND')
  code!: string;

  @IsString()
  @Example('NOT_FOUND')
  name!: string;

  @IsInt()
  @Example(404)
  http!: number;

  @IsString()
  @Example('There is no such resource.')
  message!: string;

  @IsBoolean()
  @Example(false, 'Whether the same request may succeed later.')
  retryable!: boolean;

  @IsIn(['debug', 'info', 'warn', 'error'])
  @Example('info')
  logLevel!: LogLevel;
}
