/**
 * What short commands may consist of, in JSGF. A recogniser with a grammar hears nothing else, and so far fewer wrong
 * words; it also hears something of the grammar in anything, so its confidence says little.
 */
const NUMBER_RULES = `
<digit> = one | two | three | four | five | six | seven | eight | nine;
<teen> = ten | eleven | twelve | thirteen | fourteen | fifteen | sixteen | seventeen | eighteen | nineteen;
<ten> = twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety;
<below-hundred> = <digit> | <teen> | <ten> [<digit>];
<below-thousand> = <below-hundred> | (<digit> | a) hundred [[and] <below-hundred>];
<number> = zero | <below-thousand> | <below-thousand> thousand [[and] <below-thousand>];`;

const DATE_RULES = `
<month> = january | february | march | april | may | june | july | august | september | october | november | december;
<weekday> = monday | tuesday | wednesday | thursday | friday | saturday | sunday;
<day> = first | second | third | fourth | fifth | sixth | seventh | eighth | ninth | tenth | eleventh | twelfth |
  thirteenth | fourteenth | fifteenth | sixteenth | seventeenth | eighteenth | nineteenth | twentieth | thirtieth |
  twenty (first | second | third | fourth | fifth | sixth | seventh | eighth | ninth) | thirty first;
<date> = [<weekday>] ([the] <day> [of] <month> | <month> [the] <day>) | [this | next] <weekday> | today | tomorrow;`;

const ANSWER_RULES = `
<answer> = yes | no | yes please | no thanks | no thank you | okay | sure | cancel | stop;`;

function grammar(name: string, rules: string, start: string): string {
  return `#JSGF V1.0;\ngrammar ${name};\n${rules.trim()}\npublic <command> = <${start}>;\n`;
}

export const COMMAND_GRAMMARS = {
  numbers: grammar('numbers', NUMBER_RULES, 'number'),
  dates: grammar('dates', DATE_RULES, 'date'),
  'yes-no': grammar('answers', ANSWER_RULES, 'answer'),
} as const;
export type CommandGrammar = keyof typeof COMMAND_GRAMMARS;
