import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, HttpErrors, type MultipartForm, MultipartIfSent, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { TakesInputsForJobs } from '../inputs/takes-inputs.js';
import { MOST_INPUT_BYTES } from '../inputs/media-source.js';
import { JobReceipt } from '../render-jobs/render-jobs.dto.js';
import { StudioErrors } from '../studio.errors.js';
import {
  LanguageView,
  ListVoicesQuery,
  TextToSpeechRequest,
  TranscribeFields,
  TranscribeRequest,
  VoiceView,
} from './audio.dto.js';
import { SpeechService } from './speech.service.js';
import { TranscriptsService } from './transcripts.service.js';

@Group('Audio', 'Speech from text and text from speech, made as render jobs.')
@Controller('audio')
@TakesInputsForJobs()
@Authenticated()
export class AudioController {
  constructor(
    private readonly speech: SpeechService,
    private readonly transcripts: TranscriptsService,
  ) {}

  @Post('tts')
  @Write('operation')
  @Route({
    summary: 'Speak a text',
    description:
      'Holds the price of the longest that the text could take, and charges the started minutes that it took.',
    answer: JobReceipt,
    status: 202,
    budget: true,
    prefer: true,
    errors: [
      StudioErrors.INVALID_TTS_INPUT,
      StudioErrors.UNSUPPORTED_LANGUAGE,
      StudioErrors.UNKNOWN_VOICE,
      StudioErrors.VOICE_MODEL_NOT_FOUND,
      StudioErrors.VOICE_MODEL_NOT_READY,
      StudioErrors.UNKNOWN_AUDIO_PROVIDER,
      HttpErrors.INSUFFICIENT_CREDITS,
      HttpErrors.PROVIDER_NOT_CONFIGURED,
    ],
  })
  speak(@Body() request: TextToSpeechRequest) {
    return this.speech.request(request);
  }

  @Post('transcribe')
  @Write('operation')
  @Route({
    summary: 'Write a recording down',
    description:
      'The recording comes by its address, as an asset, or as the `file` of a form. The finished job carries the text, its segments and confidence; its files are JSON, SubRip and WebVTT.',
    answer: JobReceipt,
    status: 202,
    budget: true,
    prefer: true,
    multipart: {
      fields: TranscribeFields,
      files: { file: { description: 'The recording, at most 25 MB and 10 minutes.', required: true } },
      maxFileBytes: MOST_INPUT_BYTES,
    },
    errors: [
      StudioErrors.INVALID_MEDIA_INPUT,
      StudioErrors.UNSUPPORTED_LANGUAGE,
      StudioErrors.UNKNOWN_AUDIO_PROVIDER,
      StudioErrors.ASSET_NOT_FOUND,
      StudioErrors.MEDIA_TOO_LARGE,
      StudioErrors.UNSUPPORTED_MEDIA,
      StudioErrors.MEDIA_UNREACHABLE,
      StudioErrors.STORAGE_FAILED,
      HttpErrors.INSUFFICIENT_CREDITS,
      HttpErrors.PROVIDER_NOT_CONFIGURED,
    ],
  })
  transcribe(
    @Body() request: TranscribeRequest,
    @MultipartIfSent() form: MultipartForm<TranscribeFields> | undefined,
  ) {
    return this.transcripts.request(request, form);
  }

  @Get('languages')
  @Route({ summary: 'List the languages that are spoken here', answer: [LanguageView] })
  languages() {
    return this.speech.languages();
  }

  @Get('voices')
  @Route({ summary: 'List the voices', answer: [VoiceView] })
  voices(@Query() query: ListVoicesQuery) {
    return this.speech.voices(query);
  }
}
