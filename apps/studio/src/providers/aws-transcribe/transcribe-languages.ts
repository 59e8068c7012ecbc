import type { LanguageCode } from '@aws-sdk/client-transcribe';
import { speaks } from '../languages.js';

/** The languages of recordings that the vendor writes down; of several regions the usual one first. */
export const TRANSCRIBE_LANGUAGES: readonly LanguageCode[] = [
  ...(['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-IE', 'en-NZ', 'en-ZA', 'de-DE', 'de-CH', 'es-ES'] as const),
  ...(['es-US', 'fr-FR', 'fr-CA', 'it-IT', 'pt-BR', 'pt-PT', 'nl-NL', 'pl-PL', 'sv-SE', 'da-DK'] as const),
  ...(['no-NO', 'fi-FI', 'cs-CZ', 'sk-SK', 'hu-HU', 'ro-RO', 'el-GR', 'tr-TR', 'ru-RU', 'uk-UA'] as const),
  ...(['he-IL', 'ar-SA', 'ar-AE', 'fa-IR', 'hi-IN', 'ta-IN', 'te-IN', 'bn-IN', 'id-ID', 'ms-MY'] as const),
  ...(['th-TH', 'vi-VN', 'ja-JP', 'ko-KR', 'zh-CN', 'zh-TW', 'af-ZA', 'ca-ES', 'hr-HR', 'bg-BG'] as const),
];

/** The vendor's code for a hint (BCP 47): the same region where there is one, else the language's usual. */
export function transcribeLanguage(hint: string): LanguageCode | undefined {
  const exact = TRANSCRIBE_LANGUAGES.find((each) => each.toLowerCase() === hint.toLowerCase());
  return exact ?? TRANSCRIBE_LANGUAGES.find((each) => speaks(each, hint));
}
