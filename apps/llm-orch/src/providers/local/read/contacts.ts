export interface Contact {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly organisation?: string;
}

const NAME = "\\p{Lu}[\\p{L}’'-]{1,24}(?:\\s\\p{Lu}[\\p{L}’'-]{1,24}){0,3}";
const SELF = new RegExp(
  `\\b(?:I[’']?m|I am|my name is|this is|contact(?: person)?:?|name:|regards,?\\s{1,3}|signed:?|attn:?)\\s+(?<name>${NAME})`,
  'u',
);
const BEFORE_MAIL = new RegExp(`(?<name>${NAME})\\s?[(<]\\s?[\\w.+-]{1,64}@`, 'u');
const ORGANISATION = new RegExp(
  `\\b(?:from|of|at|for|company:?|organi[sz]ation:?)\\s+(?<org>(?:\\p{Lu}[\\p{L}\\d&’'-]*\\s){1,4}(?:GmbH|Ltd|LLC|Inc|AG|SA|SAS|BV|Pvt|Corp|plc|Foundation|University|Institute|Group)\\b\\.?)`,
  'u',
);
const FROM_ORGANISATION = new RegExp(
  `\\b(?:I[’']?m|I am|this is)\\s+${NAME}\\s+(?:from|of|with)\\s+(?<org>${NAME})`,
  'u',
);
const MAIL = /\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{2,40}){1,4}\b/;
const PHONE = /(?<![\w.,-])\+?\d{1,3}[ -]?(?:\(\d{1,4}\)[ -]?)?\d{2,5}(?:[ -]?\d{2,5}){1,3}(?![\w,-])/g;
const CALLED = /\b(?:call|phone|tel(?:ephone)?|mobile|cell|reach|whatsapp|number)\b[^\n]{0,60}$/i;

/** Who writes, as far as the text says so. A row of digits is a telephone number only after words that announce one, or with a plus. */
export function contactsIn(text: string): Contact {
  const name = (SELF.exec(text) ?? BEFORE_MAIL.exec(text))?.groups?.['name'];
  const organisation = (ORGANISATION.exec(text) ?? FROM_ORGANISATION.exec(text))?.groups?.['org']
    ?.trim()
    .replace(/\.$/, '');
  const email = MAIL.exec(text)?.[0];
  const phone = [...text.matchAll(PHONE)].find(
    ({ 0: said, index }) =>
      said.replace(/\D/g, '').length >= 7 &&
      (said.startsWith('+') ||
        /^\d{3}-\d{3}-\d{4}$/.test(said) ||
        CALLED.test(text.slice(Math.max(0, index - 80), index))),
  )?.[0];
  return {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(organisation === undefined ? {} : { organisation }),
  };
}
