import { IsInt } from 'class-validator';
import { Example } from '@eventzr/http';

export class ClearedCache {
  @IsInt()
  @Example(42, 'How many answers were forgotten.')
  removed!: number;
}
