/** Languages of the phrase table with their BCP 47 tags, in the order of its columns. */
export const LANGUAGES: readonly { readonly name: string; readonly tag: string; readonly asked: RegExp }[] = [
  { name: 'Spanish', tag: 'es', asked: /\b(?:spanish|español|castellano)\b/i },
  { name: 'French', tag: 'fr', asked: /\b(?:french|français)\b/i },
  { name: 'German', tag: 'de', asked: /\b(?:german|deutsch)\b/i },
  { name: 'Italian', tag: 'it', asked: /\b(?:italian|italiano)\b/i },
  { name: 'Portuguese', tag: 'pt', asked: /\b(?:portuguese|português)\b/i },
];

export interface Phrase {
  /** The whole English sentence without its end mark; `{date}`, `{time}` and `{number}` stand for what is kept. */
  readonly english: RegExp;
  readonly translations: readonly string[];
}

/** `english|Spanish|French|German|Italian|Portuguese`; the English part is regular expression source. */
const ROWS: readonly string[] = [
  'you are (?:cordially |warmly )?invited|Está usted invitado|Vous êtes invité|Sie sind eingeladen|Sei invitato|Está convidado',
  'save the date|Reserve la fecha|Réservez la date|Merken Sie sich den Termin vor|Salva la data|Reserve a data',
  'welcome|Bienvenidos|Bienvenue|Willkommen|Benvenuti|Bem-vindos',
  'thank you for coming|Gracias por venir|Merci d’être venus|Danke für Ihr Kommen|Grazie per essere venuti|Obrigado por ter vindo',
  'thank you(?: very much)?|Muchas gracias|Merci beaucoup|Vielen Dank|Grazie mille|Muito obrigado',
  'happy birthday|Feliz cumpleaños|Joyeux anniversaire|Alles Gute zum Geburtstag|Buon compleanno|Feliz aniversário',
  'congratulations|Felicidades|Félicitations|Herzlichen Glückwunsch|Congratulazioni|Parabéns',
  'happy new year|Feliz año nuevo|Bonne année|Frohes neues Jahr|Buon anno|Feliz ano novo',
  'merry christmas|Feliz Navidad|Joyeux Noël|Frohe Weihnachten|Buon Natale|Feliz Natal',
  '(?:please (?:reply|rsvp)|rsvp)|Se ruega confirmar asistencia|Réponse souhaitée|Um Antwort wird gebeten|Si prega di confermare|Confirme a sua presença',
  '(?:please )?(?:reply|rsvp|respond) by {date}|Se ruega confirmar antes del {date}|Réponse souhaitée avant le {date}|Um Antwort wird bis zum {date} gebeten|Si prega di confermare entro il {date}|Confirme a sua presença até {date}',
  'doors open at {time}|Apertura de puertas: {time}|Ouverture des portes : {time}|Einlass: {time} Uhr|Apertura porte: ore {time}|Abertura das portas: {time}',
  '(?:the (?:event|ceremony|party|wedding|concert) )?(?:starts|begins) at {time}|Comienzo: {time}|Début : {time}|Beginn: {time} Uhr|Inizio: ore {time}|Início: {time}',
  '(?:the (?:event|party) )?ends at {time}|Fin: {time}|Fin : {time}|Ende: {time} Uhr|Fine: ore {time}|Fim: {time}',
  'dinner is served at {time}|La cena se sirve a las {time}|Le dîner est servi à {time}|Das Abendessen beginnt um {time} Uhr|La cena è servita alle {time}|O jantar é servido às {time}',
  '(?:free admission|admission free|entry is free|free entry)|Entrada gratuita|Entrée gratuite|Eintritt frei|Ingresso gratuito|Entrada gratuita',
  'no smoking|Prohibido fumar|Interdiction de fumer|Rauchen verboten|Vietato fumare|Proibido fumar',
  'emergency exit|Salida de emergencia|Sortie de secours|Notausgang|Uscita di emergenza|Saída de emergência',
  'wheelchair accessible|Accesible en silla de ruedas|Accessible en fauteuil roulant|Rollstuhlgerecht|Accessibile in sedia a rotelle|Acessível a cadeira de rodas',
  'we look forward to (?:seeing|welcoming) you|Esperamos verle pronto|Nous nous réjouissons de vous accueillir|Wir freuen uns auf Sie|Vi aspettiamo con piacere|Esperamos por si',
  'dress code: formal|Vestimenta: formal|Tenue de soirée|Kleidung: festlich|Abito formale|Traje formal',
  'good luck|Buena suerte|Bonne chance|Viel Glück|Buona fortuna|Boa sorte',
];

const SLOTS: Readonly<Record<string, string>> = {
  date: '(?<date>[\\p{L}\\d][\\p{L}\\d .,]{2,30})',
  time: "(?<time>\\d{1,2}(?:[:.]\\d\\d)?\\s?(?:[ap]\\.?m\\.?)?(?:\\s?o[’']clock)?)",
};

export const PHRASES: readonly Phrase[] = ROWS.map((row) => {
  const columns = row.split('|');
  const translations = columns.slice(-LANGUAGES.length);
  const english = columns.slice(0, -LANGUAGES.length).join('|');
  const source = english.replace(/\{(\w+)\}/g, (_all, name: string) => SLOTS[name] ?? '');
  return { english: new RegExp(`^(?:${source})$`, 'iu'), translations };
});
