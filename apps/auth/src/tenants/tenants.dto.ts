import { Example, PageQuery } from '@eventzr/http';
import { Type } from 'class-transformer';
import {
  IsDateString,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { NewPerson, ONE_LINE, STATUSES, type Status } from '../users/users.dto.js';

export class ListTenantsQuery extends PageQuery {
  @IsOptional()
  @IsIn(STATUSES)
  status?: Status;
}

export class CreateTenantBody {
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  @Matches(ONE_LINE)
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
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  @Matches(ONE_LINE)
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
