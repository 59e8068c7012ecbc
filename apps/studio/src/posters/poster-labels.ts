import type { PosterWords } from '../providers/local/posters/designs/design.js';

type Labels = Readonly<Record<'hosts' | 'invited' | 'dear' | 'rsvp' | 'tickets', string>>;

const ENGLISH: Labels = {
  hosts: 'Hosted by',
  invited: 'You are invited',
  dear: 'Dear',
  rsvp: 'Scan to reply',
  tickets: 'Scan for tickets',
};
const LABELS: Readonly<Record<string, Labels>> = {
  en: ENGLISH,
  de: {
    hosts: 'Mit',
    invited: 'Einladung',
    dear: 'Einladung für',
    rsvp: 'Zur Antwort',
    tickets: 'Zu den Karten',
  },
  fr: {
    hosts: 'Avec',
    invited: 'Vous êtes invités',
    dear: 'Invitation pour',
    rsvp: 'Répondre',
    tickets: 'Billets',
  },
  es: {
    hosts: 'Con',
    invited: 'Invitación',
    dear: 'Invitación para',
    rsvp: 'Confirmar',
    tickets: 'Entradas',
  },
  it: { hosts: 'Con', invited: 'Invito', dear: 'Invito per', rsvp: 'Rispondi', tickets: 'Biglietti' },
  pt: { hosts: 'Com', invited: 'Convite', dear: 'Convite para', rsvp: 'Responder', tickets: 'Bilhetes' },
  nl: {
    hosts: 'Met',
    invited: 'Uitnodiging',
    dear: 'Uitnodiging voor',
    rsvp: 'Antwoorden',
    tickets: 'Kaarten',
  },
  hi: { hosts: 'आयोजक', invited: 'सादर आमंत्रण', dear: 'आमंत्रण:', rsvp: 'उत्तर दें', tickets: 'टिकट' },
  ru: {
    hosts: 'Организаторы:',
    invited: 'Приглашение',
    dear: 'Приглашение для:',
    rsvp: 'Ответить',
    tickets: 'Билеты',
  },
  el: { hosts: 'Με', invited: 'Πρόσκληση', dear: 'Πρόσκληση για:', rsvp: 'Απαντήστε', tickets: 'Εισιτήρια' },
};

/** Our own few words in the language of the date; English where we lack them. */
export function labelsFor(locale: string, purpose: 'rsvp' | 'tickets'): PosterWords['labels'] {
  const { rsvp, tickets, ...labels } = LABELS[locale.toLowerCase().split('-')[0] ?? ''] ?? ENGLISH;
  return { ...labels, scan: purpose === 'rsvp' ? rsvp : tickets };
}
