import { Module } from '@nestjs/common';
import { PublishBalances } from './balances.jobs.js';
import { BalancesRepository } from './balances.repository.js';

@Module({ providers: [PublishBalances, BalancesRepository] })
export class BalancesModule {}
