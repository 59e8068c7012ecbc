import { Body, Controller, Post } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, HttpErrors, type MultipartForm, MultipartIfSent, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { AiBrainErrors } from '../aibrain.errors.js';
import { MOST_AUDIO_BYTES, VoiceAnswer, VoiceFields, VoiceRequest } from './voice.dto.js';
import { VoiceService } from './voice.service.js';

@Group('Voice', 'A spoken question in, an answer out, spoken too where that is asked for.')
@Controller('voice')
@Authenticated()
export class VoiceController {
  constructor(private readonly voice: VoiceService) {}

  @Post('orchestrate')
  @Write('operation')
  @Route({
    summary: 'Answer a spoken question',
    description:
      'The recording, at most 25 MB and 10 minutes, comes by its address, as an asset, or as the `file` of a form. It is written down, answered in its language as in the mode, and the beginning of the answer is spoken when `ttsResponse` is true. One hold covers the three; what was done is charged. When the answer cannot be spoken, it is given as text and `noAudio` says why.',
    answer: VoiceAnswer,
    budget: true,
    multipart: {
      fields: VoiceFields,
      files: { file: { description: 'The recording, at most 25 MB and 10 minutes.', required: true } },
      maxFileBytes: MOST_AUDIO_BYTES,
      tooLarge: AiBrainErrors.AUDIO_TOO_LARGE,
    },
    errors: [
      AiBrainErrors.INVALID_AUDIO_URL,
      AiBrainErrors.UNSUPPORTED_AUDIO,
      AiBrainErrors.AUDIO_TOO_LARGE,
      AiBrainErrors.AUDIO_TOO_LONG,
      AiBrainErrors.AUDIO_NOT_FOUND,
      AiBrainErrors.AUDIO_UNREACHABLE,
      AiBrainErrors.INVALID_AUDIO,
      AiBrainErrors.NO_SPEECH,
      AiBrainErrors.TRANSCRIPTION_FAILED,
      AiBrainErrors.UNSUPPORTED_SPEECH_LANGUAGE,
      AiBrainErrors.UNKNOWN_VOICE,
      AiBrainErrors.INVALID_MODE,
      AiBrainErrors.INVALID_MAX_TOKENS,
      AiBrainErrors.CONTEXT_TOO_LARGE,
      AiBrainErrors.PROVIDER_ERROR,
      AiBrainErrors.ORCHESTRATION_TIMEOUT,
      AiBrainErrors.CONSENSUS_FAILED,
      AiBrainErrors.CONVERSATION_NOT_FOUND,
      AiBrainErrors.CONVERSATION_LOCKED,
      AiBrainErrors.MAX_TURNS_EXCEEDED,
      AiBrainErrors.TURN_SUPERSEDED,
      AiBrainErrors.ZAR_TIER_REQUIRED,
      HttpErrors.INSUFFICIENT_CREDITS,
      HttpErrors.BUDGET_EXCEEDED,
      HttpErrors.PROVIDER_NOT_CONFIGURED,
    ],
  })
  orchestrate(
    @Body() request: VoiceRequest,
    @MultipartIfSent() form: MultipartForm<VoiceFields> | undefined,
  ) {
    return this.voice.orchestrate(request, form);
  }
}
