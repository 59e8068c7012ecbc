import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/assets.module.js';
import { AudioModule } from '../audio/audio.module.js';
import { InputStoreModule } from '../inputs/input-store.module.js';
import { InputsModule } from '../inputs/inputs.module.js';
import { PricesModule } from '../prices/prices.module.js';
import { ProvidersModule } from '../providers.module.js';
import { ProvenanceModule } from '../provenance/provenance.module.js';
import { RenderJobsModule } from '../render-jobs/render-jobs.module.js';
import { RenderersModule } from '../render-jobs/renderers.module.js';
import { VaultCopiesModule } from '../vault-copies/vault-copies.module.js';
import { ChildWork } from './child-work.js';
import { InternalAudioController } from './internal-audio.controller.js';
import { InternalEstimates } from './internal-estimates.js';
import { InternalRecordings } from './internal-recordings.service.js';
import { InternalSpeechService } from './internal-speech.service.js';
import { InternalTranscriptsService } from './internal-transcripts.service.js';
import { VaultAssets } from './vault-assets.js';

/** What other services ask of studio, on the private port. */
@Module({
  imports: [
    AssetsModule,
    AudioModule,
    InputStoreModule,
    InputsModule,
    PricesModule,
    ProvenanceModule,
    ProvidersModule,
    RenderJobsModule,
    RenderersModule,
    VaultCopiesModule,
  ],
  controllers: [InternalAudioController],
  providers: [
    ChildWork,
    InternalEstimates,
    InternalRecordings,
    InternalSpeechService,
    InternalTranscriptsService,
    VaultAssets,
  ],
})
export class InternalModule {}
