import type { Voice } from '../../speech-provider.js';

/** How a local voice is made. */
export type LocalVoice = Voice &
  (
    | { readonly engine: 'flite'; readonly engineVoice: 'slt' | 'rms' | 'awb' }
    | { readonly engine: 'espeak-ng'; readonly engineVoice: string }
  );

const base = { kind: 'standard', provider: 'local' } as const;
const flite = { ...base, engine: 'flite' } as const;

const ENGLISH: readonly LocalVoice[] = [
  { ...flite, id: 'flite-slt', engineVoice: 'slt', name: 'SLT (flite, US English)', language: 'en-US', gender: 'female' },
  { ...flite, id: 'flite-rms', engineVoice: 'rms', name: 'RMS (flite, US English)', language: 'en-US', gender: 'male' },
  { ...flite, id: 'flite-awb', engineVoice: 'awb', name: 'AWB (flite, Scottish English)', language: 'en-GB', gender: 'male' },
]; // prettier-ignore

/** BCP 47 tags and what espeak-ng calls the language. */
const ESPEAK_LANGUAGES: readonly (readonly [tag: string, voice: string, name: string])[] = [
  ['ar-SA', 'ar', 'Arabic'],
  ['bg-BG', 'bg', 'Bulgarian'],
  ['bn-IN', 'bn', 'Bengali'],
  ['ca-ES', 'ca', 'Catalan'],
  ['cs-CZ', 'cs', 'Czech'],
  ['da-DK', 'da', 'Danish'],
  ['de-DE', 'de', 'German'],
  ['el-GR', 'el', 'Greek'],
  ['es-ES', 'es', 'Spanish (Spain)'],
  ['es-MX', 'es-419', 'Spanish (Latin America)'],
  ['et-EE', 'et', 'Estonian'],
  ['fi-FI', 'fi', 'Finnish'],
  ['fr-FR', 'fr-fr', 'French'],
  ['gu-IN', 'gu', 'Gujarati'],
  ['hi-IN', 'hi', 'Hindi'],
  ['hr-HR', 'hr', 'Croatian'],
  ['hu-HU', 'hu', 'Hungarian'],
  ['id-ID', 'id', 'Indonesian'],
  ['it-IT', 'it', 'Italian'],
  ['kn-IN', 'kn', 'Kannada'],
  ['lt-LT', 'lt', 'Lithuanian'],
  ['lv-LV', 'lv', 'Latvian'],
  ['ml-IN', 'ml', 'Malayalam'],
  ['mr-IN', 'mr', 'Marathi'],
  ['ms-MY', 'ms', 'Malay'],
  ['nb-NO', 'nb', 'Norwegian Bokmål'],
  ['ne-NP', 'ne', 'Nepali'],
  ['nl-NL', 'nl', 'Dutch'],
  ['pa-IN', 'pa', 'Punjabi'],
  ['pl-PL', 'pl', 'Polish'],
  ['pt-BR', 'pt-br', 'Portuguese (Brazil)'],
  ['pt-PT', 'pt', 'Portuguese (Portugal)'],
  ['ro-RO', 'ro', 'Romanian'],
  ['ru-RU', 'ru', 'Russian'],
  ['sk-SK', 'sk', 'Slovak'],
  ['sl-SI', 'sl', 'Slovenian'],
  ['sq-AL', 'sq', 'Albanian'],
  ['sr-RS', 'sr', 'Serbian'],
  ['sv-SE', 'sv', 'Swedish'],
  ['sw-KE', 'sw', 'Swahili'],
  ['ta-IN', 'ta', 'Tamil'],
  ['te-IN', 'te', 'Telugu'],
  ['tr-TR', 'tr', 'Turkish'],
  ['uk-UA', 'uk', 'Ukrainian'],
  ['ur-PK', 'ur', 'Urdu'],
  ['vi-VN', 'vi', 'Vietnamese'],
];

function espeakVoices([language, engineVoice, name]: (typeof ESPEAK_LANGUAGES)[number]): LocalVoice[] {
  const common = { ...base, engine: 'espeak-ng', language } as const;
  const id = `espeak-${engineVoice}`;
  return [
    { ...common, id, engineVoice, name: `${name} (espeak-ng)`, gender: 'male' },
    { ...common, id: `${id}-f`, engineVoice: `${engineVoice}+f2`, name: `${name} (espeak-ng)`, gender: 'female' },
  ]; // prettier-ignore
}

/** The voices of this machine; the first of a language speaks it when none is named. */
export const LOCAL_VOICES: readonly LocalVoice[] = [...ENGLISH, ...ESPEAK_LANGUAGES.flatMap(espeakVoices)];
export const DEFAULT_LOCAL_VOICE = 'flite-slt';
