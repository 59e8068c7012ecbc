import { createParamDecorator } from '@nestjs/common';
import { currentPrincipal, type Principal } from '@eventzr/http';

/** The verified token's tenant: `@CurrentTenant() tenantId: string`. */
export const CurrentTenant = createParamDecorator((): string => currentPrincipal().tenantId);

/** The verified caller: `@CurrentUser() principal: Principal`. */
export const CurrentUser = createParamDecorator((): Principal => currentPrincipal());
