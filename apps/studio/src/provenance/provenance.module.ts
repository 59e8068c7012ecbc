import { Module } from '@nestjs/common';
import { ModerationModule } from '../moderation/moderation.module.js';
import { ProvidersModule } from '../providers.module.js';
import { C2paSigner } from './c2pa-signer.js';
import { FileMarks } from './file-marks.js';
import { FinishedPieces } from './finished-pieces.js';
import { VisibleLabels } from './visible-labels.js';

/** Marks what was made as AI-generated, for machines and, where it was asked for, for people. */
@Module({
  imports: [ModerationModule, ProvidersModule],
  providers: [C2paSigner, FileMarks, FinishedPieces, VisibleLabels],
  exports: [FinishedPieces],
})
export class ProvenanceModule {}
