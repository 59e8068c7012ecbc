import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Internal } from '@eventzr/auth';
import { currentContext, HttpErrors, reply, Route, UuidParam } from '@eventzr/http';
import { WalletErrors } from '../wallet.errors.js';
import {
  CaptureBody,
  HoldQuery,
  QuoteBody,
  QuoteView,
  ReleaseBody,
  ReserveBody,
  ServiceHoldView,
} from './holds.dto.js';
import { HoldsService } from './holds.service.js';

const { HOLD_NOT_FOUND, HOLD_RELEASED, HOLD_CAPTURED, HOLD_EXPIRED, IDEMPOTENCY_CONFLICT } = WalletErrors;

/** What services that charge credits call; the caller's name comes from its service key. */
@Controller('internal')
@Internal('studio', 'llm-orch', 'aibrain')
export class InternalHoldsController {
  constructor(private readonly holds: HoldsService) {}

  @Post('holds')
  @Route({
    summary: 'Hold credits for an operation',
    status: 201,
    answer: ServiceHoldView,
    errors: [
      WalletErrors.INSUFFICIENT_CREDITS,
      WalletErrors.CREDIT_LIMIT_EXCEEDED,
      WalletErrors.FROZEN,
      WalletErrors.TEAM_NOT_ALLOWED,
      IDEMPOTENCY_CONFLICT,
      HOLD_RELEASED,
      HOLD_EXPIRED,
    ],
  })
  async reserve(@Body() body: ReserveBody) {
    const { hold, created } = await this.holds.reserve(caller(), body);
    return reply(hold, { status: created ? 201 : 200, location: `/wallet/v1/internal/holds/${hold.id}` });
  }

  @Post('holds/:id/capture')
  @Route({
    summary: 'Charge a hold, at most what it holds',
    answer: ServiceHoldView,
    errors: [HOLD_NOT_FOUND, HOLD_RELEASED, IDEMPOTENCY_CONFLICT, WalletErrors.CAPTURE_EXCEEDS_HOLD],
  })
  capture(@UuidParam('id') id: string, @Body() { tenantId, amount }: CaptureBody) {
    return this.holds.capture(caller(), tenantId, id, amount);
  }

  @Post('holds/:id/release')
  @Route({
    summary: 'Give a hold back; an unknown one is refused from now on',
    answer: ServiceHoldView,
    errors: [HOLD_NOT_FOUND, HOLD_CAPTURED],
  })
  release(@UuidParam('id') id: string, @Body() { tenantId }: ReleaseBody) {
    return this.holds.release(caller(), tenantId, id);
  }

  @Get('holds/:id')
  @Route({
    summary: 'A hold and the service it belongs to',
    answer: ServiceHoldView,
    errors: [HOLD_NOT_FOUND],
  })
  get(@UuidParam('id') id: string, @Query() { tenantId }: HoldQuery) {
    return this.holds.get(tenantId, id);
  }

  @Post('quotes')
  @Route({
    summary: 'Which wallet would pay, and whether it could; nothing is held',
    answer: QuoteView,
    readOnly: true,
  })
  quote(@Body() body: QuoteBody) {
    return this.holds.quote(body);
  }
}

function caller(): string {
  const service = currentContext()?.caller;
  if (service === undefined) throw HttpErrors.UNAUTHORIZED();
  return service;
}
