import type { Brief } from '../brief.js';
import { placed } from '../plan/headlines.js';
import {
  eventName,
  formatCount,
  formatDate,
  formatEventDate,
  formatMoney,
  joined,
  withArticle,
} from '../plan/wording.js';
import type { Answer, Question } from './answer.js';
import { section } from './answer.js';
import { answered } from './answered.js';
import { contactsIn } from '../read/contacts.js';
import { endOf, startOf } from './figures.js';

interface Mail {
  readonly subject: string;
  readonly body: string;
}

interface Kind {
  readonly id: string;
  readonly asked: RegExp;
  readonly mail: (facts: MailFacts) => Mail;
}

interface MailFacts {
  readonly name: string;
  readonly aName: string;
  readonly where: string;
  readonly when: string;
  readonly guests: string;
  readonly budget: string;
  readonly needs: string;
  readonly doors: string;
  readonly start: string;
  readonly end: string;
  readonly bring: string;
  readonly reason: string;
  readonly ask: string;
  /** "by Tuesday, 1 June 2027 to events@acme.com" */
  readonly reply: string;
  readonly dress: string;
}

const KINDS: readonly Kind[] = [
  {
    id: 'thank-you',
    asked: /\bthank/i,
    mail: ({ name, where }) => ({
      subject: `Thank you for coming to our ${name}`,
      body: `thank you for being with us at our ${name} ${where}. It was your questions and your company that made the day.\n\nPictures and documents are here: [link]. If you have two minutes, please tell us what we should keep and what we should change: [survey link].\n\nWe hope to see you again [next date].`,
    }),
  },
  {
    id: 'reminder',
    asked: /\bremind/i,
    mail: ({ name, when, where, doors, bring }) => ({
      subject: `Reminder: ${name} ${when}`,
      body: `a short reminder of our ${name} ${when}, ${where}.\n\n- Doors open at ${doors}; please bring ${bring}.\n- How to get there: [directions].\n- If you cannot come after all, please tell us by [date], so that somebody on the waiting list can.\n\nWe are looking forward to seeing you.`,
    }),
  },
  {
    id: 'cancellation',
    asked: /\b(?:cancel|call(?:ed)? off)/i,
    mail: ({ name, when, reason }) => ({
      subject: `Cancelled: ${name} ${when}`,
      body: `we are sorry to tell you that our ${name} ${when} cannot take place. The reason: ${reason}.\n\n- Tickets are refunded in full by [date]; you need not do anything.\n- Hotel and travel: [what can be cancelled, until when].\n- Questions: [contact], [hours].\n\nWe know that you had planned for this day and regret the inconvenience. Please reply to this mail if the refund has not reached you by then.`,
    }),
  },
  {
    id: 'postponement',
    asked: /\b(?:postpone|reschedul|new date|moved? (?:to|the date))/i,
    mail: ({ name, when, reason }) => ({
      subject: `New date: ${name}`,
      body: `our ${name} moves. The new date: ${when.replace(/^on /, '')}. The reason: ${reason}.\n\nYour registration stays valid. If the new date does not suit you, please tell us by [date] and we refund your ticket in full.\n\nThank you for your patience.`,
    }),
  },
  {
    id: 'save-the-date',
    asked: /\bsave[- ]the[- ]date/i,
    mail: ({ name, when, where }) => ({
      subject: `Save the date: ${name} ${when}`,
      body: `please keep the day free: our ${name} takes place ${when}, ${where}.\n\nThe invitation with programme and registration follows [when]. Please add it to your calendar: [calendar link].`,
    }),
  },
  {
    id: 'vendor-enquiry',
    asked: /\b(?:vendor|supplier|caterer|venue|quote|quotation|enquiry|inquiry|hotel|photographer|dj)\b/i,
    mail: ({ aName, when, where, guests, budget, needs }) => ({
      subject: `Enquiry: ${guests}, ${when.replace(/^on /, '')}`,
      body: `we are planning ${aName} ${where}, ${when}, for ${guests}, and would like a quotation from you.\n\nPlease include:\n- Availability on the date, with set-up and dismantling times\n- Price in detail, taxes included, and what is not included${budget}\n- Cancellation and payment terms\n- Insurance and, where it applies, hygiene certificates${needs}\n- Two references of a similar size\n\nMay we have your answer by [date]? For questions: [name, phone].`,
    }),
  },
  {
    id: 'sponsor-request',
    asked: /\bsponsor/i,
    mail: ({ name, when, where, guests, ask }) => ({
      subject: `Partnership for our ${name}`,
      body: `${when} we hold our ${name} ${where}, with ${guests}. We believe that your company and our audience have something to say to each other, because [reason].\n\nAs a partner you get [visibility], [contact with guests] and [content]. ${ask}; the details are attached.\n\nMay we call you [day]?`,
    }),
  },
  {
    id: 'invitation',
    asked: /(?:)/,
    mail: ({ name, when, where, start, end, reply, dress }) => ({
      subject: `Invitation: ${name} ${when}`,
      body: `we would be glad to welcome you to our ${name} ${when}, ${where}.\n\nWhat to expect: [two or three highlights]. We begin at ${start} and end at ${end}.${dress}\n\nPlease reply ${reply}, and tell us about diets or access needs.`,
    }),
  },
];

/** A mail ready to be edited; its kind is read from the prompt, an invitation when none is named. */
export function emailAnswer(question: Question): Answer {
  const facts = factsOf(question.brief);
  const kind = KINDS.find(({ asked }) => asked.test(question.prompt));
  const { subject, body } = kind?.mail(facts) ?? { subject: '', body: '' };
  const text = `Dear [name],\n\n${body}\n\nKind regards\n[your name]\n[organisation, phone]`;
  return answered(
    question,
    [
      section(
        'mail',
        `**Subject:** ${subject}\n\n${text}`,
        `**Subject:** ${subject}\n\nDear [name],\n\n${body.split('\n\n')[0] ?? ''}\n\nKind regards\n[your name]`,
      ),
    ],
    { subject, body: text, kind: kind?.id },
    ['written from templates; facts that were not given stand as [placeholders]'],
  );
}

const BRING = /\bbring(?:ing)?\s+(?:along\s+)?((?:an?|your|the|their|some)\s[^.,;\n]{2,50})/i;
const REASON = /\b(?:because of|due to|owing to)\s+([^.;\n]{3,80})|\bbecause\s+([^.;\n]{3,80})/i;

const DRESS = /\bdress[- ]code\s*(?:is|:|-)?\s*([^.,;:\n]{3,40})/i;
const REPLY_BY = /rsvp|reply|respond|confirm|registr|register|answer/i;

/** Until when and whereto: both as they were said, or left open. */
function replyOf({ deadlines, text }: Brief): string {
  const due = deadlines.find(({ what }) => REPLY_BY.test(what));
  const { email } = contactsIn(text);
  return `by ${due === undefined ? '[date]' : formatDate(due.iso)} ${email === undefined ? 'at [link]' : `to ${email}`}`;
}

function dressOf({ text }: Brief): string {
  const said = DRESS.exec(text)?.[1]?.trim();
  return said === undefined ? '' : ` Dress code: ${said}.`;
}

function reasonIn(text: string): string {
  const match = REASON.exec(text);
  return (match?.[1] ?? match?.[2])?.trim() ?? '[reason]';
}

/** The sum that a sponsor is asked for, when one was named. */
function askOf({ otherMoney, budget }: Brief): string {
  const sum = otherMoney[0] ?? budget;
  return sum === undefined
    ? 'Packages start at [amount]'
    : `We ask you for a contribution of ${formatMoney(sum.amountMinor, sum.currency)}`;
}

function factsOf(brief: Brief): MailFacts {
  const name = eventName(brief);
  const date = brief.date;
  return {
    name,
    aName: withArticle(name),
    where: placed(brief).trim() || 'at [venue, city]',
    when: date ? `${date.precision === 'day' ? 'on' : 'in'} ${formatEventDate(date)}` : 'on [date]',
    guests: brief.guests ? `${formatCount(brief.guests.count)} guests` : '[number] guests',
    budget: brief.budget
      ? ` (our whole budget is ${formatMoney(brief.budget.amountMinor, brief.budget.currency)})`
      : '',
    doors: startOf(brief) ?? '[time]',
    start: startOf(brief) ?? '[start time]',
    end: endOf(brief) ?? '[end time]',
    bring: BRING.exec(brief.text)?.[1]?.trim() ?? '[ticket or badge]',
    reason: reasonIn(brief.text),
    ask: askOf(brief),
    reply: replyOf(brief),
    dress: dressOf(brief),
    needs: brief.needs.length > 0 ? `\n- How you provide ${joined(brief.needs)}` : '',
  };
}
