import { Module } from '@nestjs/common';
import { AttemptsModule } from '../attempts/attempts.module.js';
import { FeedModule } from '../feed/feed.module.js';
import { LoginModule } from '../login/login.module.js';
import { MailsModule } from '../mails/mails.module.js';
import { PlansModule } from '../plans/plans.module.js';
import { Administrators } from './administrators.js';
import { UserEffects } from './user-effects.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { UsersService, UserStores } from './users.service.js';

@Module({
  imports: [AttemptsModule, FeedModule, LoginModule, MailsModule, PlansModule],
  controllers: [UsersController],
  providers: [UsersService, UserStores, UsersRepository, UserEffects, Administrators],
  exports: [UsersRepository, UserEffects, Administrators],
})
export class UsersModule {}
