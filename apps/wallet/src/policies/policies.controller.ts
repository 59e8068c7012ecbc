import { Body, Controller, Get, Put } from '@nestjs/common';
import { Authenticated, CurrentUser } from '@eventzr/auth';
import { Group, type Principal, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { WalletDb } from '../wallet.db.js';
import { TeamPolicyBody, TeamPolicyView, type PolicyRole } from './policies.dto.js';
import { PoliciesRepository, type TeamPolicyRow } from './policies.repository.js';

@Group('Team policy', "Who may spend the team's credits, and how many a day.")
@Controller('policies/team')
@Authenticated('admin')
export class PoliciesController {
  constructor(
    private readonly db: WalletDb,
    private readonly policies: PoliciesRepository,
  ) {}

  @Get()
  @Route({ summary: "Who may spend the team's credits", answer: TeamPolicyView })
  async get(): Promise<TeamPolicyView> {
    return policyView(await this.db.withTenant((tx) => this.policies.find(tx)));
  }

  @Put()
  @Write('atomic')
  @Route({ summary: "Say who may spend the team's credits", answer: TeamPolicyView })
  async put(
    @CurrentUser() { tenantId, userId }: Principal,
    @Body() { roles, dailyCapCredits = null }: TeamPolicyBody,
  ): Promise<TeamPolicyView> {
    const change = { tenantId, roles, dailyCapCredits, updatedBy: userId };
    return policyView(await this.db.withTenant((tx) => this.policies.put(tx, change)));
  }
}

const DEFAULT_ROLES: readonly PolicyRole[] = ['organizer', 'admin'];

function policyView(row: TeamPolicyRow | null): TeamPolicyView {
  if (row === null)
    return { roles: [...DEFAULT_ROLES], dailyCapCredits: null, updatedBy: null, updatedAt: null };
  return {
    roles: row.roles as PolicyRole[],
    dailyCapCredits: row.dailyCapCredits === null ? null : Number(row.dailyCapCredits),
    updatedBy: row.updatedBy,
    updatedAt: row.updatedAt.toISOString(),
  };
}
