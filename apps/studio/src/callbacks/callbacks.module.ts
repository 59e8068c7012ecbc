import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { RenderJobsModule } from '../render-jobs/render-jobs.module.js';
import { CallbackVerifiers } from './callback-verifiers.js';
import { CallbacksController } from './callbacks.controller.js';
import { CallbacksRepository } from './callbacks.repository.js';
import { CallbacksService } from './callbacks.service.js';
import { OldCallbacksSweep } from './callbacks.sweep.js';

@Module({
  imports: [DiscoveryModule, RenderJobsModule],
  controllers: [CallbacksController],
  providers: [CallbacksService, CallbacksRepository, CallbackVerifiers, OldCallbacksSweep],
})
export class CallbacksModule {}
