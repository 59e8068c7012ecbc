import { Injectable } from '@nestjs/common';
import { JobPool } from '@eventzr/db';
import type { Prisma } from '../generated/prisma/client.js';
import type { InputFileModel } from '../generated/prisma/models.js';
import type { StudioTx } from '../studio.db.js';

export type InputRow = InputFileModel;
export type NewInputRow = Prisma.InputFileCreateManyInput;

/** Where an input stands for another look. */
export interface InputPointer {
  readonly tenantId: string;
  readonly id: string;
}

/** The only file that touches `input_files`. */
@Injectable()
export class InputFilesRepository {
  constructor(private readonly finder: JobPool) {}

  async insert(tx: StudioTx, row: NewInputRow): Promise<void> {
    await tx.inputFile.createMany({ data: [row] });
  }

  /** One whose time is not over. */
  async find(tx: StudioTx, id: string, now: Date): Promise<InputRow | null> {
    return tx.inputFile.findFirst({ where: { id, expiresAt: { gt: now } } });
  }

  /** False: it was gone already. */
  async forget(tx: StudioTx, id: string): Promise<boolean> {
    return (await tx.inputFile.deleteMany({ where: { id } })).count === 1;
  }

  async findExpired(now: Date, limit: number): Promise<InputPointer[]> {
    return this.finder.query<InputPointer>(
      'SELECT tenant_id AS "tenantId", id FROM input_files WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2',
      [now, limit],
    );
  }
}
