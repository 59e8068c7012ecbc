import { Module } from '@nestjs/common';
import { SubscriptionMoved } from './plans.events.js';
import { PlansRepository } from './plans.repository.js';

@Module({ providers: [PlansRepository, SubscriptionMoved], exports: [PlansRepository] })
export class PlansModule {}
