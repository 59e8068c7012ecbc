import { Controller, Get, Headers, Query } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { bytes, Group, Route } from '@eventzr/http';
import { UsageQuery, UsageSummaryQuery, UsageSummaryRow, UsageView } from './usage.dto.js';
import { UsageService } from './usage.service.js';

const CSV_OR_JSON = ['application/json', 'text/csv'];

@Group('Usage', 'What was used and what it cost: an organizer sees the tenant, everyone else themselves.')
@Controller('usage')
@Authenticated()
export class UsageController {
  constructor(private readonly usage: UsageService) {}

  @Get()
  @Route({ summary: 'Every paid call, latest first', answer: [UsageView], contentTypes: CSV_OR_JSON })
  async list(@Query() query: UsageQuery, @Headers('accept') accept?: string) {
    return wantsCsv(query, accept) ? csv(await this.usage.exported(query), 'usage') : this.usage.list(query);
  }

  @Get('summary')
  @Route({
    summary: 'Usage by day, model, provider, use case or user',
    answer: [UsageSummaryRow],
    contentTypes: CSV_OR_JSON,
  })
  async summary(@Query() query: UsageSummaryQuery, @Headers('accept') accept?: string) {
    if (!wantsCsv(query, accept)) return this.usage.summary(query);
    return csv(await this.usage.summaryExported(query), `usage-by-${query.by}`);
  }
}

function wantsCsv({ format }: { format?: 'json' | 'csv' }, accept: string | undefined): boolean {
  return format === 'csv' || (format === undefined && accept?.includes('text/csv') === true);
}

function csv(text: string, name: string) {
  return bytes(text, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.csv"`,
  });
}
