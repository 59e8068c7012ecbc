import { Body, Controller, Post, UseGuards } from '@nestjs/common';
import { ForwardedUser, Internal } from '@eventzr/auth';
import { HttpErrors, type MultipartForm, MultipartIfSent, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { EstimateRequest } from '@eventzr/wallet-client';
import { TakesInputsForJobs, TakesInputsOnce } from '../inputs/takes-inputs.js';
import { TranscribeFields } from '../audio/audio.dto.js';
import { DATA_URI_BODY_LIMIT_BYTES, MOST_INPUT_BYTES } from '../inputs/media-source.js';
import { StudioErrors } from '../studio.errors.js';
import {
  InternalEstimate,
  InternalRecording,
  InternalRecordingRequest,
  InternalSpeech,
  InternalSpeechRequest,
  InternalTranscribeRequest,
  InternalTranscript,
} from './internal-audio.dto.js';
import { InternalEstimates } from './internal-estimates.js';
import { InternalRecordings } from './internal-recordings.service.js';
import { InternalSpeechService } from './internal-speech.service.js';
import { InternalTranscriptsService } from './internal-transcripts.service.js';

@Controller('internal')
@Internal('aibrain')
@UseGuards(ForwardedUser)
export class InternalAudioController {
  constructor(
    private readonly recordings: InternalRecordings,
    private readonly transcripts: InternalTranscriptsService,
    private readonly speech: InternalSpeechService,
    private readonly estimates: InternalEstimates,
  ) {}

  @Post('audio/recordings')
  @TakesInputsForJobs()
  @Write('operation')
  @Route({
    summary: 'Take a recording in, before it is known what its work costs',
    answer: InternalRecording,
    multipart: {
      files: { file: { description: 'The recording.', required: true } },
      maxFileBytes: MOST_INPUT_BYTES,
    },
    errors: [
      StudioErrors.INVALID_MEDIA_INPUT,
      StudioErrors.ASSET_NOT_FOUND,
      StudioErrors.MEDIA_TOO_LARGE,
      StudioErrors.UNSUPPORTED_MEDIA,
      StudioErrors.MEDIA_UNREACHABLE,
      StudioErrors.STORAGE_FAILED,
    ],
  })
  takeIn(@Body() request: InternalRecordingRequest, @MultipartIfSent() form: MultipartForm | undefined) {
    return this.recordings.takeIn(request, form);
  }

  @Post('audio/transcribe')
  @TakesInputsOnce()
  @Write('operation')
  @Route({
    summary: 'Write a recording down within a parent operation',
    answer: InternalTranscript,
    bodyLimitBytes: DATA_URI_BODY_LIMIT_BYTES,
    multipart: {
      fields: TranscribeFields,
      files: { file: { description: 'The recording.', required: true } },
      maxFileBytes: MOST_INPUT_BYTES,
    },
    errors: [
      StudioErrors.PARENT_NOT_OPEN,
      StudioErrors.INVALID_MEDIA_INPUT,
      StudioErrors.UNSUPPORTED_LANGUAGE,
      StudioErrors.ASSET_NOT_FOUND,
      StudioErrors.MEDIA_TOO_LARGE,
      StudioErrors.UNSUPPORTED_MEDIA,
      StudioErrors.MEDIA_UNREACHABLE,
      StudioErrors.AUDIO_PROVIDER_ERROR,
      StudioErrors.AUDIO_TIMEOUT,
      HttpErrors.BUDGET_EXCEEDED,
      HttpErrors.PROVIDER_NOT_CONFIGURED,
    ],
  })
  transcribe(
    @Body() request: InternalTranscribeRequest,
    @MultipartIfSent() form: MultipartForm<TranscribeFields> | undefined,
  ) {
    return this.transcripts.transcribe(request, form);
  }

  @Post('audio/tts')
  @Write('operation')
  @Route({
    summary: 'Speak a text within a parent operation',
    answer: InternalSpeech,
    errors: [
      StudioErrors.PARENT_NOT_OPEN,
      StudioErrors.INVALID_TTS_INPUT,
      StudioErrors.UNSUPPORTED_LANGUAGE,
      StudioErrors.UNKNOWN_VOICE,
      StudioErrors.VOICE_MODEL_NOT_FOUND,
      StudioErrors.VOICE_MODEL_NOT_READY,
      StudioErrors.AUDIO_PROVIDER_ERROR,
      StudioErrors.AUDIO_TIMEOUT,
      HttpErrors.BUDGET_EXCEEDED,
      HttpErrors.PROVIDER_NOT_CONFIGURED,
    ],
  })
  speak(@Body() request: InternalSpeechRequest) {
    return this.speech.speak(request);
  }

  @Post('estimates')
  @Route({
    summary: 'Bound what a call within a parent operation can cost',
    answer: InternalEstimate,
    readOnly: true,
    errors: [StudioErrors.UNKNOWN_OPERATION, HttpErrors.PROVIDER_NOT_CONFIGURED],
  })
  estimate(@Body() request: EstimateRequest) {
    return this.estimates.of(request);
  }
}
