import { isUuid } from '@eventzr/config';
import type { CloudEvent } from '@eventzr/events';
import { isTimeZone, parseEventDate } from '../posters/event-date.js';

/** What a poster needs of a new event. */
export type CreatedEvent = {
  readonly userId: string;
  readonly title: string;
  readonly date: string;
  readonly venue: string;
  readonly timeZone?: string;
  readonly description?: string;
  readonly link?: string;
};

const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;

function textIn(data: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = data[name];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}

/** A venue is told as a text, or as an object with a name and perhaps a city. */
function venueIn(data: Readonly<Record<string, unknown>>): string | undefined {
  const plain = textIn(data, ['venue', 'venueName', 'location', 'address']);
  if (plain !== undefined) return plain;
  const place = data['venue'] ?? data['location'];
  if (typeof place !== 'object' || place === null) return undefined;
  const fields = place as Record<string, unknown>;
  const parts = [textIn(fields, ['name', 'title', 'address']), textIn(fields, ['city'])];
  return parts.filter((part) => part !== undefined).join(', ') || undefined;
}

/** Reads the payload, whose service is not ours, as generously as is safe. Undefined: a poster cannot be made of it. */
export function createdEventOf({ data }: CloudEvent): CreatedEvent | undefined {
  const title = textIn(data, ['title', 'name']);
  const date = textIn(data, ['startsAt', 'startDate', 'startTime', 'start', 'date']);
  const venue = venueIn(data);
  const userId = textIn(data, ['organizerId', 'organiserId', 'userId', 'createdBy', 'ownerId']);
  if (title === undefined || date === undefined || venue === undefined || !isUuid(userId)) return undefined;
  if (parseEventDate(date) === undefined) return undefined;
  const timeZone = textIn(data, ['timeZone', 'timezone']);
  const description = textIn(data, ['description', 'summary']);
  const link = textIn(data, ['url', 'link', 'rsvpUrl', 'ticketUrl']);
  return {
    userId,
    title: cut(title, 120),
    date,
    venue: cut(venue, 160),
    ...(isTimeZone(timeZone) ? { timeZone } : {}),
    ...(description === undefined ? {} : { description: cut(description, 400) }),
    ...(link !== undefined && /^https?:\/\/\S{1,490}$/u.test(link) ? { link } : {}),
  };
}
