import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/assets.module.js';
import { InputBytes } from './input-bytes.js';
import { InputStoreModule } from './input-store.module.js';
import { MediaInputs } from './media-inputs.js';

/** What callers hand in to be worked on. */
@Module({
  imports: [AssetsModule, InputStoreModule],
  providers: [InputBytes, MediaInputs],
  exports: [MediaInputs],
})
export class InputsModule {}
