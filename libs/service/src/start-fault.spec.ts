import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '@eventzr/config';
import { startFaultLine } from './start-fault.js';

describe('the line of a start that failed', () => {
  it.each([
    [
      new ConfigError(['SERVICE_KEY must be longer', 'PORT must be a number']),
      /set these variables right: SERVICE_KEY .*; PORT/,
    ],
    [Object.assign(new Error('listen'), { code: 'EADDRINUSE', port: 8080 }), /port 8080 is taken: .*PORT/],
    [Object.assign(new Error('listen'), { code: 'EACCES', port: 80 }), /port 80 needs privileges/],
    [new Error('first\nsecond'), /first second/],
  ])('is one line that says what to do: %#', (error, text) => {
    const line = startFaultLine('studio-svc', error);
    expect(line).toMatch(text);
    expect(line.trimEnd().split('\n')).toHaveLength(1);
  });
});
