import { Body, Controller, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, HttpErrors, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { TakesInputsForJobs } from '../inputs/takes-inputs.js';
import { DATA_URI_BODY_LIMIT_BYTES } from '../inputs/media-source.js';
import { JobReceipt } from '../render-jobs/render-jobs.dto.js';
import { StudioErrors } from '../studio.errors.js';
import { GenerateInvitationRequest, GeneratePosterRequest } from './posters.dto.js';
import { InvitationsService, PostersService } from './posters.service.js';

/** What requests for posters and invitations may be refused for. */
export const POSTER_ERRORS = [
  StudioErrors.INVALID_POSTER,
  StudioErrors.INVALID_EVENT_DATE,
  StudioErrors.TEMPLATE_REQUIRED,
  StudioErrors.TEMPLATE_NOT_FOUND,
  StudioErrors.INVALID_SLOTS,
  StudioErrors.BRAND_KIT_NOT_FOUND,
  StudioErrors.UNSUPPORTED_SCRIPT,
];

const ERRORS = [
  ...POSTER_ERRORS,
  StudioErrors.INVALID_MEDIA_INPUT,
  StudioErrors.ASSET_NOT_FOUND,
  StudioErrors.MEDIA_TOO_LARGE,
  StudioErrors.UNSUPPORTED_MEDIA,
  StudioErrors.MEDIA_UNREACHABLE,
  StudioErrors.STORAGE_FAILED,
  HttpErrors.INSUFFICIENT_CREDITS,
];
const PRICES =
  '`design` decides the price: `template` 15 credits, `layout` 25, `layout-and-image` 40, whatever formats and sizes are asked for.';

@Group('Posters and invitations', 'Pages for print and screens, laid out from a few words.')
@Controller()
@TakesInputsForJobs()
@Authenticated()
export class PostersController {
  constructor(
    private readonly posters: PostersService,
    private readonly invitations: InvitationsService,
  ) {}

  @Post('posters/generate')
  @Write('operation')
  @Route({
    summary: 'Generate a poster',
    description: `One job with a file for each size and format. ${PRICES}`,
    answer: JobReceipt,
    status: 202,
    budget: true,
    prefer: true,
    bodyLimitBytes: DATA_URI_BODY_LIMIT_BYTES,
    errors: ERRORS,
  })
  poster(@Body() request: GeneratePosterRequest) {
    return this.posters.request(request);
  }

  @Post('invitations/generate')
  @Write('operation')
  @Route({
    summary: 'Generate an invitation with its calendar file',
    description: `As a poster, with a QR code for \`rsvpUrl\` (or \`ticketUrl\`) and a calendar file of the role \`calendar\`. ${PRICES}`,
    answer: JobReceipt,
    status: 202,
    budget: true,
    prefer: true,
    bodyLimitBytes: DATA_URI_BODY_LIMIT_BYTES,
    errors: ERRORS,
  })
  invitation(@Body() request: GenerateInvitationRequest) {
    return this.invitations.request(request);
  }
}
