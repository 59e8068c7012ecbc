import { Example } from '@eventzr/http';
import { IsDateString, IsEmail, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';

export class OutboxQuery {
  /** One recipient's mails. */
  @IsOptional()
  @IsEmail()
  @MaxLength(254)
  to?: string;
}

export class OutboxMailView {
  @IsUUID('all')
  id!: string;

  @IsString()
  @Example('ada@example.com')
  to!: string;

  @IsString()
  @Example('Confirm your e-mail address')
  subject!: string;

  @IsString()
  text!: string;

  @IsDateString()
  sentAt!: string;
}
