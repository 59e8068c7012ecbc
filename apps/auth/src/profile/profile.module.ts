import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ProfileController } from './profile.controller.js';
import { ProfileService } from './profile.service.js';

@Module({ imports: [AccountsModule], controllers: [ProfileController], providers: [ProfileService] })
export class ProfileModule {}
