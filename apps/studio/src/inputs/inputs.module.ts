import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/assets.module.js';
import { ModerationModule } from '../moderation/moderation.module.js';
import { ProvidersModule } from '../providers.module.js';
import { InputBytes } from './input-bytes.js';
import { InputChecks } from './input-checks.js';
import { InputStoreModule } from './input-store.module.js';
import { MediaInputs } from './media-inputs.js';

/** What callers hand in to be worked on. */
@Module({
  imports: [AssetsModule, InputStoreModule, ModerationModule, ProvidersModule],
  providers: [InputBytes, InputChecks, MediaInputs],
  exports: [MediaInputs],
})
export class InputsModule {}
