import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/keys.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { JobsController } from './jobs.controller.js';

@Module({ imports: [KeysModule, SessionsModule], controllers: [JobsController] })
export class JobRoutesModule {}
