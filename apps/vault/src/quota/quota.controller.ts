import { Controller, Get } from '@nestjs/common';
import { Authenticated, CurrentUser } from '@eventzr/auth';
import { Route, type Principal } from '@eventzr/http';
import { QuotaView } from './quota.dto.js';
import { QuotaService } from './quota.service.js';

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
