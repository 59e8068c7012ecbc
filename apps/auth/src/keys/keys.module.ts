import { Module } from '@nestjs/common';
import { SecretsModule } from '../secrets/secrets.module.js';
import { KeyRing } from './key-ring.js';
import { KeysController } from './keys.controller.js';
import { KeysRepository } from './keys.repository.js';
import { RotateKeysSweep } from './rotate-keys.sweep.js';

@Module({
  imports: [SecretsModule],
  controllers: [KeysController],
  providers: [KeyRing, KeysRepository, RotateKeysSweep],
  exports: [KeyRing, RotateKeysSweep],
})
export class KeysModule {}
