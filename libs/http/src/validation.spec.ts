import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsObject, IsOptional, IsString, ValidateNested } from 'class-validator';
import { Nullable } from './dto.js';
import { CatalogueError } from './errors.js';
import { validated } from './validation.js';

class Inner {
  @IsOptional()
  @IsString()
  note?: string;
}

class Outer {
  @IsString()
  name!: string;

  @IsOptional()
  @IsString()
  nickname?: string;

  @IsOptional()
  @IsInt()
  limit = 20;

  @IsOptional()
  @Nullable()
  @IsInt()
  cap?: number | null;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Inner)
  parts?: Inner[];

  @IsOptional()
  @IsObject()
  free?: Record<string, unknown>;
}

const read = (body: object) => ({ ...validated(Outer, body) });

describe('null in a body', () => {
  it('is as good as absent for an optional property, at every depth', () => {
    expect(read({ name: 'a', nickname: null, limit: null, parts: null })).toEqual({ name: 'a', limit: 20 });
    expect('nickname' in validated(Outer, { name: 'a', nickname: null })).toBe(false);
    const { parts } = validated(Outer, { name: 'a', parts: [{ note: null }] });
    expect(Object.keys(parts?.[0] ?? { none: 0 })).toEqual([]);
  });

  it('stays where it means something: in a nullable property and in data without a form', () => {
    expect(read({ name: 'a', cap: null, free: { x: null } })).toEqual({
      name: 'a',
      limit: 20,
      cap: null,
      free: { x: null },
    });
  });

  it('is refused for a required property', () => {
    expect(() => read({ name: null })).toThrow(CatalogueError);
  });
});

it('names the fields that there are where one is unknown, nested ones too', () => {
  const faults = (): unknown => validated(Outer, { name: 'x', nickName: 'y', parts: [{ remark: 'z' }] });
  const messages = (() => {
    try {
      return faults();
    } catch (error) {
      return error instanceof CatalogueError ? error.details : error;
    }
  })();
  expect(messages).toEqual([
    expect.objectContaining({
      message: expect.stringMatching(
        /^nickName is not a known field; known are name, nickname, limit, cap, /,
      ),
    }),
    expect.objectContaining({ message: 'parts.0.remark is not a known field; known are note' }),
  ]);
});
