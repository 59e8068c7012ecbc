import { buildMessage, IS_DATE_STRING, isISO8601, ValidateBy } from 'class-validator';

const LAST_YEAR = 9999;

/**
 * An instant of ISO 8601 that `Date` understands too: the standard knows week dates and bare hours, which would turn
 * into an invalid date behind the validation. In UTC its year has four digits, as `toISOString` and Postgres agree on:
 * an offset can push the last day of 9999 out of them.
 */
export function IsInstant(): PropertyDecorator {
  return ValidateBy({
    name: IS_DATE_STRING,
    validator: {
      validate: isInstant,
      defaultMessage: buildMessage(
        (each) => `${each}$property must be an instant such as 2026-01-15T09:00:00Z`,
      ),
    },
  });
}

/** The rule of `IsInstant`. */
export function isInstant(value: unknown): boolean {
  return typeof value === 'string' && isISO8601(value, { strict: true }) && isKnownYear(new Date(value));
}

/** False for an invalid date too. */
function isKnownYear(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= LAST_YEAR;
}
