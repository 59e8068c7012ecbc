import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICE_NAMES } from '@eventzr/config';
import { prismaFolder } from '@eventzr/db';
import { describeTenantTables } from './tenant-tables.js';

for (const service of SERVICE_NAMES) {
  if (existsSync(join(prismaFolder(), service, 'migrations'))) describeTenantTables(service);
}
