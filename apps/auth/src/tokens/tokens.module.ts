import { Module } from '@nestjs/common';
import { ExpiryModule } from '../expiry/expiry.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { SpentChallenges } from './spent-challenges.repository.js';
import { TokenMinter } from './token-minter.js';
import { TokenReader } from './token-reader.js';

@Module({
  imports: [ExpiryModule, KeysModule],
  providers: [TokenMinter, TokenReader, SpentChallenges],
  exports: [TokenMinter, TokenReader, SpentChallenges],
})
export class TokensModule {}
