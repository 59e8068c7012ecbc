export interface Currency {
  /** ISO 4217; empty when the caller named no currency. */
  readonly code: string;
  /** In front of the amount; a letter symbol ends in a space. */
  readonly symbol: string;
  readonly decimals: 0 | 2 | 3;
  readonly grouping: 'thousands' | 'indian';
  /** Rough order of magnitude of one USD, only to warn about budgets that are far too small. */
  readonly unitsPerUsd: number;
  /** Regular expression source of the written names. */
  readonly names: string;
  /** Regular expression sources of signs that mean it without doubt. */
  readonly signs: readonly string[];
}

function currency(
  code: string,
  symbol: string,
  unitsPerUsd: number,
  names: string,
  signs: readonly string[] = [],
  decimals: Currency['decimals'] = 2,
): Currency {
  const grouping = ['INR', 'PKR', 'BDT', 'LKR', 'NPR'].includes(code) ? 'indian' : 'thousands';
  return { code, symbol, decimals, grouping, unitsPerUsd, names, signs };
}

/** Dollar variants come before the plain dollar: the first sign that fits wins. */
export const CURRENCIES: readonly Currency[] = [
  currency('AUD', 'A$', 1.5, 'australian dollars?', ['AU?\\$']),
  currency('CAD', 'C$', 1.4, 'canadian dollars?', ['CA?\\$', 'CAN\\$']),
  currency('SGD', 'S$', 1.3, 'singapore dollars?', ['SG?\\$']),
  currency('NZD', 'NZ$', 1.7, 'new zealand dollars?', ['NZ\\$']),
  currency('HKD', 'HK$', 8, 'hong kong dollars?', ['HK\\$']),
  currency('BRL', 'R$', 5, 'reais|brazilian reals?', ['R\\$']),
  currency('MXN', 'MX$', 18, 'mexican pesos?', ['MX\\$']),
  currency('USD', '$', 1, '(?:us |american )?dollars?|bucks', ['US\\$', '\\$']),
  currency('EUR', '€', 0.9, 'euros?', ['€']),
  currency('GBP', '£', 0.8, '(?:british )?pounds?(?: sterling)?|quid', ['£']),
  currency('INR', '₹', 85, '(?:indian )?rupees?', ['₹', 'Rs\\.?', 'INR\\.?']),
  currency('JPY', '¥', 150, '(?:japanese )?yen', ['¥'], 0),
  currency('CNY', 'CN¥', 7, 'yuan|renminbi|rmb', ['CN¥', 'RMB']),
  currency('KRW', '₩', 1350, '(?:korean )?won', ['₩'], 0),
  currency('CHF', 'CHF ', 0.9, '(?:swiss )?francs?', ['CHF', 'Fr\\.']),
  currency('AED', 'AED ', 3.7, '(?:uae |emirati )?dirhams?', ['AED', 'Dhs\\.?']),
  currency('SAR', 'SAR ', 3.8, '(?:saudi )?riyals?', ['SAR']),
  currency('QAR', 'QAR ', 3.6, 'qatari riyals?', ['QAR']),
  currency('SEK', 'SEK ', 10, 'swedish kronor', ['SEK']),
  currency('NOK', 'NOK ', 10, 'norwegian kroner', ['NOK']),
  currency('DKK', 'DKK ', 7, 'danish kroner', ['DKK']),
  currency('PLN', 'PLN ', 4, 'zloty|złoty|zlotys', ['PLN', 'zł']),
  currency('CZK', 'CZK ', 23, 'czech (?:crowns?|koruna)', ['CZK']),
  currency('TRY', '₺', 35, '(?:turkish )?lira', ['₺', 'TRY']),
  currency('ZAR', 'ZAR ', 18, 'rand', ['ZAR', 'R(?=\\s?\\d)']),
  currency('NGN', '₦', 1500, 'naira', ['₦', 'NGN']),
  currency('KES', 'KES ', 130, 'kenyan shillings?', ['KES', 'KSh']),
  currency('GHS', 'GHS ', 15, 'cedis?', ['GH₵', 'GHS']),
  currency('EGP', 'EGP ', 50, 'egyptian pounds?', ['EGP']),
  currency('COP', 'COP ', 4000, 'colombian pesos?', ['COP']),
  currency('ARS', 'ARS ', 1000, 'argentine pesos?', ['ARS']),
  currency('CLP', 'CLP ', 900, 'chilean pesos?', ['CLP'], 0),
  currency('PHP', '₱', 57, '(?:philippine )?pesos?', ['₱', 'PHP']),
  currency('THB', '฿', 35, 'baht', ['฿', 'THB']),
  currency('MYR', 'RM ', 4.5, 'ringgit', ['RM', 'MYR']),
  currency('IDR', 'Rp ', 16000, '(?:indonesian )?rupiah', ['Rp\\.?', 'IDR'], 0),
  currency('VND', '₫', 25000, 'dong', ['₫', 'VND'], 0),
  currency('ILS', '₪', 3.7, 'shekels?', ['₪', 'ILS']),
  currency('PKR', 'PKR ', 280, 'pakistani rupees?', ['PKR']),
  currency('BDT', '৳', 120, 'taka', ['৳', 'BDT']),
  currency('LKR', 'LKR ', 300, 'sri lankan rupees?', ['LKR']),
  currency('NPR', 'NPR ', 135, 'nepalese rupees?', ['NPR']),
  currency('KWD', 'KWD ', 0.3, 'kuwaiti dinars?', ['KWD'], 3),
];

/** A number with the word "budget" but no currency: shown without a sign rather than with a guessed one. */
export const UNSTATED_CURRENCY: Currency = {
  code: '',
  symbol: '',
  decimals: 2,
  grouping: 'thousands',
  unitsPerUsd: 1,
  names: '',
  signs: [],
};

export function currencyByCode(code: string): Currency | undefined {
  return CURRENCIES.find((candidate) => candidate.code === code.toUpperCase());
}
