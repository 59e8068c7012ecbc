import { Module } from '@nestjs/common';
import { ModerationModule } from '../moderation/moderation.module.js';
import { C2paSigner } from './c2pa-signer.js';
import { FinishedPieces } from './finished-pieces.js';

/** Marks what was made as AI-generated. */
@Module({ imports: [ModerationModule], providers: [C2paSigner, FinishedPieces], exports: [FinishedPieces] })
export class ProvenanceModule {}
