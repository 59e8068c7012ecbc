import type { Answer, Question } from './answer.js';
import { answered, section } from './answer.js';

const LANGUAGES = ['Spanish', 'French', 'German', 'Italian', 'Portuguese'] as const;

/** Fixed phrases of invitations: the only thing that can be carried over without a language model. */
const PHRASES: readonly (readonly [RegExp, ...string[]])[] = [
  [
    /^you are invited$/i,
    'Está usted invitado',
    'Vous êtes invité',
    'Sie sind eingeladen',
    'Sei invitato',
    'Está convidado',
  ],
  [
    /^save the date$/i,
    'Reserve la fecha',
    'Réservez la date',
    'Merken Sie sich den Termin vor',
    'Salva la data',
    'Reserve a data',
  ],
  [/^welcome$/i, 'Bienvenidos', 'Bienvenue', 'Willkommen', 'Benvenuti', 'Bem-vindos'],
  [
    /^thank you(?: for coming)?$/i,
    'Gracias por venir',
    'Merci d’être venus',
    'Danke für Ihr Kommen',
    'Grazie per essere venuti',
    'Obrigado por ter vindo',
  ],
  [
    /^happy birthday$/i,
    'Feliz cumpleaños',
    'Joyeux anniversaire',
    'Alles Gute zum Geburtstag',
    'Buon compleanno',
    'Feliz aniversário',
  ],
  [
    /^(?:please (?:reply|rsvp)|rsvp)$/i,
    'Se ruega confirmar asistencia',
    'Réponse souhaitée',
    'Um Antwort wird gebeten',
    'Si prega di confermare',
    'Confirme a sua presença',
  ],
  [
    /^congratulations$/i,
    'Felicidades',
    'Félicitations',
    'Herzlichen Glückwunsch',
    'Congratulazioni',
    'Parabéns',
  ],
];

/** Says plainly that free text cannot be translated; a few set phrases of invitations can. */
export function translationAnswer(question: Question): Answer {
  const language = LANGUAGES.findIndex((name) => new RegExp(`\\b${name}\\b`, 'i').test(question.prompt));
  const source = withoutEndMarks(
    (
      /["“]([^"“”]+)["”]|:\s*(.+)$/s
        .exec(question.prompt)
        ?.slice(1)
        .find((part) => part !== undefined) ?? ''
    ).trim(),
  );
  const phrase = PHRASES.find(([pattern]) => pattern.test(source));
  const translated = language < 0 ? undefined : phrase?.[language + 1];
  const named = /\b(?:in)?to ([A-Z]\p{L}+)/u.exec(
    question.prompt.replace(/["“'‘][^"“”'‘’]*["”'’]/g, ' '),
  )?.[1];
  const name = LANGUAGES[language] ?? named;
  if (typeof translated === 'string') {
    return answered(question, [section('text', translated)], { translation: translated, language: name }, [
      'from a short list of set phrases; have it read by a native speaker',
    ]);
  }
  const message = `I cannot translate this text${name === undefined ? '' : ` into ${name}`}: the local planner works by rules and has no language model, and a word-by-word rendering would mislead your guests. Configure a language model provider for translation, or ask for one of the set phrases it knows (such as "Save the date", "You are invited", "Happy birthday") in ${LANGUAGES.join(', ')}.`;
  return answered(
    question,
    [
      section(
        'message',
        message,
        'Free text cannot be translated without a language model. Please configure a provider.',
      ),
    ],
    { translation: null, message },
    ['translation of free text needs a language model'],
  );
}

/** A loop: as a pattern it would start anew at every mark inside the text. */
function withoutEndMarks(text: string): string {
  let end = text.length;
  while (/[.!]/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
