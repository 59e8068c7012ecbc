import { Module } from '@nestjs/common';
import { AttemptsModule } from '../attempts/attempts.module.js';
import { FeedModule } from '../feed/feed.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { OwnSessionsController } from './own-sessions.controller.js';
import { OwnSessionsRepository } from './own-sessions.repository.js';
import { OwnSessionsService } from './own-sessions.service.js';
import { PurgeSessionsSweep, SessionLeftovers } from './purge-sessions.sweep.js';
import { SessionEndings } from './session-endings.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsHouse, SessionsService } from './sessions.service.js';
import { TokenPairs } from './token-pairs.js';

@Module({
  imports: [TokensModule, FeedModule, AttemptsModule],
  controllers: [SessionsController, OwnSessionsController],
  providers: [
    SessionsService,
    SessionsHouse,
    SessionsRepository,
    OwnSessionsService,
    OwnSessionsRepository,
    SessionEndings,
    TokenPairs,
    PurgeSessionsSweep,
    SessionLeftovers,
  ],
  exports: [SessionsService, SessionEndings, PurgeSessionsSweep],
})
export class SessionsModule {}
