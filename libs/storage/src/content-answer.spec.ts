import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { resolveRange } from './byte-range.js';
import { contentAnswer, contentDisposition, type ContentFacts } from './content-answer.js';

const PHOTO: ContentFacts = {
  size: 1000,
  sha256: 'ab'.repeat(32),
  mimeType: 'image/png',
  filename: 'hall.png',
  modifiedAt: new Date(0),
};
const ETAG = `"${PHOTO.sha256}"`;

describe('resolveRange', () => {
  it.each([
    [undefined, 'whole'],
    ['', 'whole'],
    ['bytes=0-', { start: 0, end: 999 }],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=990-2000', { start: 990, end: 999 }],
    ['bytes=-10', { start: 990, end: 999 }],
    ['bytes=-5000', { start: 0, end: 999 }],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=9-3', 'whole'],
    ['bytes=0-1,4-5', 'whole'],
    ['lines=0-1', 'whole'],
    ['bytes=a-b', 'whole'],
    ['bytes=--1', 'whole'],
    ['bytes=-', 'whole'],
  ])('%p', (header, expected) => {
    expect(resolveRange(header, 1000)).toEqual(expected);
  });

  it('never leaves the object, whatever is asked', () => {
    const end = fc.oneof(fc.constant(''), fc.nat().map(String), fc.bigInt({ min: 0n }).map(String));
    fc.assert(
      fc.property(fc.nat(5000), end, end, (size, first, last) => {
        const range = resolveRange(`bytes=${first}-${last}`, size);
        if (typeof range === 'string') return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.start).toBeLessThanOrEqual(range.end);
        expect(range.end).toBeLessThan(size);
      }),
      { numRuns: 500 },
    );
  });

  it('cuts an object into ranges that put together are the object', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 50 }),
        (content, step) => {
          const parts: number[] = [];
          for (let at = 0; at < content.length; at += step) {
            const range = resolveRange(`bytes=${at}-${at + step - 1}`, content.length);
            if (typeof range === 'string') throw new Error(range);
            parts.push(...content.subarray(range.start, range.end + 1));
          }
          expect(parts).toEqual([...content]);
        },
      ),
    );
  });
});

describe('contentAnswer', () => {
  it('answers the whole object with its validators and without sniffing', () => {
    const answer = contentAnswer(PHOTO, {});
    expect(answer).toMatchObject({ status: 200, range: undefined, withBytes: true });
    expect(answer.headers).toMatchObject({
      etag: ETAG,
      'content-length': '1000',
      'content-type': 'image/png',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
    });
  });

  it('206 for a range, 416 behind the end', () => {
    expect(contentAnswer(PHOTO, { range: 'bytes=10-19' })).toMatchObject({
      status: 206,
      range: { start: 10, end: 19 },
      headers: { 'content-range': 'bytes 10-19/1000', 'content-length': '10' },
    });
    expect(contentAnswer(PHOTO, { range: 'bytes=1000-' })).toMatchObject({
      status: 416,
      withBytes: false,
      headers: { 'content-range': 'bytes */1000' },
    });
  });

  it.each([ETAG, `W/${ETAG}`, '*', `"x", ${ETAG}`])('304 for If-None-Match: %s', (ifNoneMatch) => {
    expect(contentAnswer(PHOTO, { ifNoneMatch, range: 'bytes=0-1' })).toMatchObject({
      status: 304,
      withBytes: false,
    });
  });

  it('honours If-Range only for the very same bytes', () => {
    expect(contentAnswer(PHOTO, { range: 'bytes=0-1', ifRange: ETAG }).status).toBe(206);
    expect(contentAnswer(PHOTO, { range: 'bytes=0-1', ifRange: '"other"' }).status).toBe(200);
    expect(contentAnswer(PHOTO, { range: 'bytes=0-1', ifRange: `W/${ETAG}` }).status).toBe(200);
  });
});

describe('contentDisposition', () => {
  it.each([
    ['image/png', false, 'inline'],
    ['image/png', true, 'attachment'],
    ['video/mp4', false, 'inline'],
    ['application/pdf', false, 'inline'],
    ['image/svg+xml', false, 'attachment'],
    ['text/html', false, 'attachment'],
    ['application/zip', false, 'attachment'],
  ])('%s, download %p: %s', (mimeType, download, kind) => {
    expect(contentDisposition({ mimeType, filename: 'a' }, download).split(';')[0]).toBe(kind);
  });

  it('keeps both forms of a name that is not ASCII', () => {
    const header = contentDisposition({ mimeType: 'image/png', filename: 'Hochzeit "Müller".png' }, false);
    expect(header).toBe(
      `inline; filename="Hochzeit _M_ller_.png"; filename*=UTF-8''Hochzeit%20%22M%C3%BCller%22.png`,
    );
  });

  it('is one plain header line for every name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (filename) => {
        const header = contentDisposition({ mimeType: 'image/png', filename }, false);
        expect(header).toMatch(
          /^inline; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]+"; filename\*=UTF-8''[A-Za-z0-9%._~-]+$/,
        );
      }),
      { numRuns: 500 },
    );
    expect(contentDisposition({ mimeType: 'image/png', filename: '\ud800' }, false)).toContain('%EF%BF%BD');
  });
});
