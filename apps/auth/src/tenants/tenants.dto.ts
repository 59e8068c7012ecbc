import { Example, PageQuery } from '@eventzr/http';
import { Type } from 'class-transformer';
import { IsDateString, IsIn, IsObject, IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';
import { IsName } from '../accounts/name-rules.js';
import { NewPerson, STATUSES, type Status } from '../users/users.dto.js';

export class ListTenantsQuery extends PageQuery {
  @IsOptional()
  @IsIn(STATUSES)
  status?: Status;
}

export class CreateTenantBody {
  @IsName(200)
  @Example('StartupCo')
  name!: string;

  /** Its first administrator: only they can let others in. */
  @IsObject()
  @ValidateNested()
  @Type(() => NewPerson)
  admin!: NewPerson;
}

export class ChangeTenantBody {
  @IsOptional()
  @IsName(200)
  name?: string;

  @IsOptional()
  @IsIn(STATUSES)
  @Example(
    'suspended',
    'suspended: no service takes any token of the tenant, within 5 seconds; active: lifts it.',
  )
  status?: Status;
}

export class TenantView {
  @IsUUID('all')
  id!: string;

  @IsString()
  @Example('StartupCo')
  name!: string;

  @IsIn(STATUSES)
  status!: string;

  @IsDateString()
  createdAt!: string;

  @IsDateString()
  updatedAt!: string;
}

/** The tenant, and the account that administers it. */
export class CreatedTenantView extends TenantView {
  @IsUUID('all')
  adminId!: string;
}
