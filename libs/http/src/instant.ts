import { buildMessage, IS_DATE_STRING, isISO8601, ValidateBy } from 'class-validator';

/**
 * An instant of ISO 8601 that `Date` understands too: the standard knows week dates and bare hours, which would turn
 * into an invalid date behind the validation.
 */
export function IsInstant(): PropertyDecorator {
  return ValidateBy({
    name: IS_DATE_STRING,
    validator: {
      validate: (value): boolean =>
        typeof value === 'string' &&
        isISO8601(value, { strict: true }) &&
        !Number.isNaN(new Date(value).getTime()),
      defaultMessage: buildMessage(
        (each) => `${each}$property must be an instant such as 2026-01-15T09:00:00Z`,
      ),
    },
  });
}
