import { Body, Controller, Get, Headers, Post, Query } from '@nestjs/common';
import { Authenticated, CurrentUser } from '@eventzr/auth';
import { bytes, Group, type Principal, Route, UuidParam } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { WalletErrors } from '../wallet.errors.js';
import { RefundBody, TransactionsQuery, TransactionView } from './transactions.dto.js';
import { TransactionsService } from './transactions.service.js';

@Group('Transactions', 'Every movement of credits, and refunds.')
@Controller()
export class TransactionsController {
  constructor(private readonly transactions: TransactionsService) {}

  @Get('wallets/:id/transactions')
  @Authenticated()
  @Route({
    summary: 'Every movement of a wallet, latest first; as CSV on request',
    answer: [TransactionView],
    contentTypes: ['application/json', 'text/csv'],
    errors: [WalletErrors.NOT_FOUND],
  })
  async list(
    @CurrentUser() principal: Principal,
    @UuidParam('id') id: string,
    @Query() query: TransactionsQuery,
    @Headers('accept') accept?: string,
  ) {
    const csv =
      query.format === 'csv' || (query.format === undefined && accept?.includes('text/csv') === true);
    if (!csv) return this.transactions.list(principal, id, query);
    return bytes(await this.transactions.export(principal, id, query), {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="transactions-${id}.csv"`,
    });
  }

  @Post('transactions/:id/refunds')
  @Authenticated('admin')
  @Write('operation')
  @Route({
    summary: 'Give a charge back, whole or in part (platform administrators)',
    status: 201,
    answer: TransactionView,
    errors: [
      WalletErrors.TRANSACTION_NOT_FOUND,
      WalletErrors.TRANSACTION_NOT_REFUNDABLE,
      WalletErrors.TRANSACTION_ALREADY_REFUNDED,
      WalletErrors.REFUND_AMOUNT_EXCEEDED,
    ],
  })
  refund(@CurrentUser() principal: Principal, @UuidParam('id') id: string, @Body() body: RefundBody) {
    return this.transactions.refund(principal, id, body);
  }
}
