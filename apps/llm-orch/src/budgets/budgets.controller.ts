import { Body, Controller, Get, Put } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { BudgetsBody, BudgetsView } from './budgets.dto.js';
import { BudgetsService } from './budgets.service.js';

@Group('Budgets', 'Ceilings in USD for the tenant and its users, per day and month, that no call can pass.')
@Controller('budgets')
@Authenticated('admin')
export class BudgetsController {
  constructor(private readonly budgets: BudgetsService) {}

  @Get()
  @Route({ summary: 'The budgets of the tenant, and what was spent', answer: BudgetsView })
  get() {
    return this.budgets.get();
  }

  @Put()
  @Write('operation')
  @Route({
    summary: 'Replace the budgets of the tenant',
    description:
      'Takes effect for every call that begins afterwards (within a second in other processes). A call is refused with 402 before it runs when its upper bound does not fit what is left.',
    answer: BudgetsView,
  })
  put(@Body() body: BudgetsBody) {
    return this.budgets.put(body);
  }
}
