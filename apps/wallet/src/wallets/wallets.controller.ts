import { Body, Controller, Get, Post } from '@nestjs/common';
import { Authenticated, CurrentUser } from '@eventzr/auth';
import { Group, type Principal, Route, UuidParam } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { WalletErrors } from '../wallet.errors.js';
import { FreezeBody, TopUpBody, UnfreezeBody, WalletView } from './wallets.dto.js';
import { WalletsService } from './wallets.service.js';

@Group('Wallets', 'Balances, and what platform administrators may do with them.')
@Controller('wallets')
export class WalletsController {
  constructor(private readonly wallets: WalletsService) {}

  @Get()
  @Authenticated()
  @Route({ summary: "My wallet and my team's", answer: [WalletView] })
  list(@CurrentUser() principal: Principal) {
    return this.wallets.listMine(principal);
  }

  @Get(':id')
  @Authenticated()
  @Route({ summary: 'One wallet', answer: WalletView, errors: [WalletErrors.NOT_FOUND] })
  get(@CurrentUser() principal: Principal, @UuidParam('id') id: string) {
    return this.wallets.get(principal, id);
  }

  @Post(':id/top-ups')
  @Authenticated('admin')
  @Write('operation')
  @Route({
    summary: 'Put credits into a wallet (platform administrators)',
    status: 201,
    answer: WalletView,
    errors: [WalletErrors.NOT_FOUND, WalletErrors.IDEMPOTENCY_CONFLICT],
  })
  topUp(@CurrentUser() principal: Principal, @UuidParam('id') id: string, @Body() body: TopUpBody) {
    return this.wallets.topUp(principal, id, body);
  }

  @Post(':id/freeze')
  @Authenticated('admin')
  @Write('operation')
  @Route({
    summary: 'Stop a wallet from paying for anything new (platform administrators)',
    answer: WalletView,
    errors: [WalletErrors.NOT_FOUND],
  })
  freeze(@CurrentUser() principal: Principal, @UuidParam('id') id: string, @Body() body: FreezeBody) {
    return this.wallets.freeze(principal, id, body);
  }

  @Post(':id/unfreeze')
  @Authenticated('admin')
  @Write('operation')
  @Route({
    summary: 'Let a frozen wallet pay again (platform administrators)',
    answer: WalletView,
    errors: [WalletErrors.NOT_FOUND],
  })
  unfreeze(@CurrentUser() principal: Principal, @UuidParam('id') id: string, @Body() body: UnfreezeBody) {
    return this.wallets.unfreeze(principal, id, body);
  }
}
