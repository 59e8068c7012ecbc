import { Controller, Param, Post, Query, Req } from '@nestjs/common';
import { VendorSigned } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import type { CallbackHeaders } from '../providers/callback-verifier.js';
import { StudioErrors } from '../studio.errors.js';
import { CallbackReceipt } from './callbacks.dto.js';
import { CallbacksService } from './callbacks.service.js';

const LARGEST_CALLBACK_BYTES = 256 * 1024;

interface RawRequest {
  readonly rawBody?: Buffer;
  readonly headers: CallbackHeaders;
}

@Group('Callbacks', 'Where vendors say that they are done.')
@Controller('callbacks')
export class CallbacksController {
  constructor(private readonly callbacks: CallbacksService) {}

  @Post(':provider')
  @VendorSigned()
  @Route({
    summary: 'A vendor’s callback: its job looks at its task at once',
    description:
      'The address is made for one piece of one job and cannot be guessed. What the body says is not believed.',
    answer: CallbackReceipt,
    unstored: true,
    bodyLimitBytes: LARGEST_CALLBACK_BYTES,
    errors: [StudioErrors.CALLBACK_REFUSED],
  })
  receive(
    @Param('provider') provider: string,
    @Query('job') reference: unknown,
    @Req() { rawBody = Buffer.alloc(0), headers }: RawRequest,
  ) {
    return this.callbacks.receive({ provider, reference, rawBody, headers });
  }
}
