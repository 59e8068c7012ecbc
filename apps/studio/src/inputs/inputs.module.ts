import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/assets.module.js';
import { ModerationModule } from '../moderation/moderation.module.js';
import { InputBytes } from './input-bytes.js';
import { InputCopies } from './input-copies.js';
import { InputOrigins } from './input-origins.js';
import { InputStoreModule } from './input-store.module.js';
import { ProvidersModule } from '../providers.module.js';
import { MediaChecks } from './media-checks.js';
import { MediaInputs } from './media-inputs.js';
import { TakenInputs } from './taken-inputs.js';

/** What callers hand in to be worked on. */
@Module({
  imports: [AssetsModule, InputStoreModule, ModerationModule, ProvidersModule],
  providers: [InputBytes, InputCopies, InputOrigins, MediaChecks, MediaInputs, TakenInputs],
  exports: [MediaInputs, TakenInputs],
})
export class InputsModule {}
