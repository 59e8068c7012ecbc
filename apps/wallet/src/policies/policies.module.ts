import { Module } from '@nestjs/common';
import { PoliciesController } from './policies.controller.js';
import { PoliciesRepository } from './policies.repository.js';

@Module({ controllers: [PoliciesController], providers: [PoliciesRepository] })
export class PoliciesModule {}
