import { empty, join, raw, Sql, sqltag } from '@prisma/client/runtime/client';

/** What every transaction can do, whichever service's typed client it belongs to: libs know no more of it. */
export interface SqlTx {
  $queryRaw<T = unknown>(query: TemplateStringsArray | Sql, ...values: unknown[]): PromiseLike<T>;
  $executeRaw(query: TemplateStringsArray | Sql, ...values: unknown[]): PromiseLike<number>;
}

/** Parts of statements: a tagged text with its values, lists, and nothing. `raw` is for fixed text only. */
export { empty as emptySql, join as joinSql, raw as rawSql, Sql, sqltag as sql };
