import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Post, Body } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Route } from '@eventzr/http';
import { sample } from '@eventzr/testing/sample';
import { assertDescribed } from './architecture.js';
import { describeService } from './describe-service.js';

const document = describeService(sample);
const operation = (path: string, method: string) => document.paths[`/vault/v1${path}`]?.[method];

describe('the API document', () => {
  it('names every public route, and no internal one', () => {
    expect(Object.keys(document.paths).toSorted()).toEqual(
      [
        '/docs',
        '/errors',
        '/health',
        '/health/ready',
        '/jobs/clean',
        '/login',
        '/openapi.json',
        '/samples',
        '/samples/bytes',
        '/samples/broken',
        '/samples/slow',
        '/samples/stream',
        '/samples/upload',
        '/samples/{id}',
      ]
        .map((path) => `/vault/v1${path}`)
        .toSorted(),
    );
  });

  it('derives schemas from the rules', () => {
    expect(document.components.schemas['SampleRequest']).toMatchObject({
      type: 'object',
      required: ['prompt'],
      properties: {
        prompt: { type: 'string', minLength: 1, maxLength: 20, examples: ['a red balloon'] },
        size: { type: 'integer', minimum: 1, maximum: 10, default: 3 },
        quality: { type: ['string', 'null'], enum: ['low', 'high', null] },
        parts: { type: ['array', 'null'], maxItems: 3, items: { $ref: '#/components/schemas/Part' } },
      },
    });
    expect(document.components.schemas['SampleView']).toMatchObject({
      required: ['id', 'prompt', 'size', 'note'],
      properties: { id: { type: 'string', format: 'uuid' }, note: { type: ['string', 'null'] } },
    });
  });

  it('says how to be let in', () => {
    expect(operation('/samples', 'get')?.security).toEqual([{ bearer: [] }]);
    expect(operation('/jobs/clean', 'post')?.security).toEqual([
      { internalKey: [] },
      { internalKeyAlias: [] },
    ]);
    expect(operation('/health', 'get')?.security).toEqual([]);
  });

  it('lists statuses, codes with example envelopes, headers and parameters', () => {
    const make = operation('/samples', 'post');
    expect(Object.keys(make?.responses ?? {})).toEqual([
      '201',
      '400',
      '401',
      '403',
      '413',
      '415',
      '429',
      '500',
      '503',
    ]);
    const bad = make?.responses['400']?.content?.['application/json']?.examples ?? {};
    expect(Object.keys(bad)).toEqual(
      expect.arrayContaining(['SAMPLE_1000', 'SAMPLE_1001', 'VALIDATION_FAILED', 'MALFORMED_BODY']),
    );
    expect(make?.responses['201']?.headers).toHaveProperty('Location');
    const list = operation('/samples', 'get')?.parameters.map((parameter) =>
      'name' in parameter ? parameter.name : parameter.$ref,
    );
    expect(list).toEqual(
      expect.arrayContaining(['limit', 'cursor', 'state', '#/components/parameters/TenantId']),
    );
    expect(operation('/samples/upload', 'post')?.requestBody?.content).toHaveProperty('multipart/form-data');
    expect(operation('/samples/stream', 'get')?.responses['200']?.content).toHaveProperty(
      'text/event-stream',
    );
  });
});

@Controller('odd')
class OddController {
  @Get()
  undescribed() {
    return 1;
  }

  @Post()
  @Authenticated()
  @Route({ summary: 'x' })
  untyped(@Body() body: object) {
    return body;
  }
}

describe('a service does not start', () => {
  it('with a route that nobody described, let in, typed or made repeatable', () => {
    expect(() => assertDescribed([OddController])).toThrow(
      /undescribed has no @Route.*undescribed has no access marker.*untyped takes its body without a DTO class.*untyped writes without @Write/,
    );
  });
});
