import { Module } from '@nestjs/common';
import { FeedModule } from '../feed/feed.module.js';
import { LoginModule } from '../login/login.module.js';
import { UsersModule } from '../users/users.module.js';
import { TenantEffects } from './tenant-effects.js';
import { TenantsController } from './tenants.controller.js';
import { TenantsRepository } from './tenants.repository.js';
import { TenantsService, TenantStores } from './tenants.service.js';

@Module({
  imports: [FeedModule, LoginModule, UsersModule],
  controllers: [TenantsController],
  providers: [TenantsService, TenantStores, TenantsRepository, TenantEffects],
})
export class TenantsModule {}
