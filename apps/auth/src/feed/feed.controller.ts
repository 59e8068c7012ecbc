import { Controller, Get, Query } from '@nestjs/common';
import { Internal, type FeedPage } from '@eventzr/auth';
import { SERVICE_NAMES } from '@eventzr/config';
import { Route } from '@eventzr/http';
import { FeedQuery } from './feed.dto.js';
import { FeedService } from './feed.service.js';

@Controller('internal/feed')
export class FeedController {
  constructor(private readonly feed: FeedService) {}

  @Get()
  @Internal(...SERVICE_NAMES)
  @Route({
    summary: 'Public keys and revocations',
    description: 'Pulled by every service every two seconds.',
  })
  read(@Query() { after }: FeedQuery): Promise<FeedPage> {
    return this.feed.read(after);
  }
}
