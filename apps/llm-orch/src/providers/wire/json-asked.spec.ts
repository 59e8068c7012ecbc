import { expect, it } from '@jest/globals';
import { closedSchema } from './json-asked.js';

it('a schema is closed in every place but those where names and values of the caller’s stand', () => {
  expect(
    closedSchema({
      type: 'object',
      properties: {
        minimum: { type: 'string', maxLength: 3 },
        list: { type: 'array', items: { type: 'object', properties: {} } },
        kind: { enum: ['minimum'], default: { type: 'object' } },
      },
      $defs: { maxItems: { anyOf: [{ type: 'object' }, { type: 'null' }] } },
    }),
  ).toEqual({
    type: 'object',
    properties: {
      minimum: { type: 'string' },
      list: { type: 'array', items: { type: 'object', properties: {}, additionalProperties: false } },
      kind: { enum: ['minimum'], default: { type: 'object' } },
    },
    $defs: { maxItems: { anyOf: [{ type: 'object', additionalProperties: false }, { type: 'null' }] } },
    additionalProperties: false,
  });
});
