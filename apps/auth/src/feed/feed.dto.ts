import { IsOptional, Matches } from 'class-validator';

export class FeedQuery {
  /** The last cursor; absent for everything that is alive. */
  @IsOptional()
  @Matches(/^\d{1,16}$/)
  after?: string;
}
