import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/keys.module.js';
import { TokenMinter } from './token-minter.js';
import { TokenReader } from './token-reader.js';

@Module({ imports: [KeysModule], providers: [TokenMinter, TokenReader], exports: [TokenMinter, TokenReader] })
export class TokensModule {}
