import { Module } from '@nestjs/common';
import { InputFilesRepository } from './input-files.repository.js';
import { InputPurge } from './input-purge.js';

/** The rows and bytes of inputs, apart from how they come in: the purge needs nothing else. */
@Module({ providers: [InputFilesRepository, InputPurge], exports: [InputFilesRepository, InputPurge] })
export class InputStoreModule {}
