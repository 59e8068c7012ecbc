import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, HttpErrors, PageQuery, Route, UuidParam } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { TakesInputsOnce } from '../inputs/takes-inputs.js';
import { StudioErrors } from '../studio.errors.js';
import { CreateVoiceModelRequest, RenameVoiceModelRequest, VoiceModelView } from './voice-models.dto.js';
import { VoiceModelsService } from './voice-models.service.js';

@Group('Voice models', 'Voices that speak like somebody who agreed to it.')
@Controller('voice-models')
@TakesInputsOnce()
@Authenticated()
export class VoiceModelsController {
  constructor(private readonly models: VoiceModelsService) {}

  @Post()
  @Write('operation')
  @Route({
    summary: 'Have a voice made',
    description:
      'Needs the recorded consent of the speaker. No voice is cloned without a configured vendor: 503.',
    answer: VoiceModelView,
    status: 201,
    errors: [
      StudioErrors.INVALID_MEDIA_INPUT,
      StudioErrors.ASSET_NOT_FOUND,
      StudioErrors.MEDIA_TOO_LARGE,
      StudioErrors.UNSUPPORTED_MEDIA,
      StudioErrors.MEDIA_UNREACHABLE,
      StudioErrors.STORAGE_FAILED,
      HttpErrors.PROVIDER_NOT_CONFIGURED,
    ],
  })
  create(@Body() request: CreateVoiceModelRequest) {
    return this.models.create(request);
  }

  @Get()
  @Route({ summary: 'List voice models', answer: [VoiceModelView] })
  list(@Query() query: PageQuery) {
    return this.models.list(query);
  }

  @Get(':id')
  @Route({
    summary: 'Read a voice model',
    answer: VoiceModelView,
    errors: [StudioErrors.VOICE_MODEL_NOT_FOUND],
  })
  get(@UuidParam() id: string) {
    return this.models.get(id);
  }

  @Patch(':id')
  @Write('atomic')
  @Route({
    summary: 'Rename a voice model',
    answer: VoiceModelView,
    errors: [StudioErrors.VOICE_MODEL_NOT_FOUND],
  })
  rename(@UuidParam() id: string, @Body() { name }: RenameVoiceModelRequest) {
    return this.models.rename(id, name);
  }

  @Delete(':id')
  @Write('operation')
  @Route({
    summary: 'Delete a voice model, at its vendor too',
    answer: VoiceModelView,
    errors: [
      StudioErrors.VOICE_MODEL_NOT_FOUND,
      StudioErrors.VOICE_MODEL_CHANGED,
      StudioErrors.AUDIO_PROVIDER_ERROR,
    ],
  })
  remove(@UuidParam() id: string) {
    return this.models.remove(id);
  }
}
