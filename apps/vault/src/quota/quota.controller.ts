import { Controller, Get } from '@nestjs/common';
import { Authenticated, CurrentUser } from '@eventzr/auth';
import { Group, type Principal, Route } from '@eventzr/http';
import { QuotaView } from './quota.dto.js';
import { QuotaService } from './quota.service.js';

@Group('Quota', 'How much space the plan gives and how much of it is used.')
@Controller('quota')
export class QuotaController {
  constructor(private readonly quotas: QuotaService) {}

  @Get()
  @Authenticated()
  @Route({ summary: 'Read how much of the caller’s storage is used', answer: QuotaView })
  read(@CurrentUser() caller: Principal) {
    return this.quotas.read(caller);
  }
}
