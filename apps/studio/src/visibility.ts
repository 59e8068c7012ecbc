import { hasRole } from '@eventzr/auth';
import { currentPrincipal } from '@eventzr/http';

/** Whose objects the caller may see: their own (the answer is their id), or, as organizer or admin, the tenant's. */
export function ownerFilter(): string | undefined {
  const { roles, userId } = currentPrincipal();
  return hasRole(roles, ['organizer']) ? undefined : userId;
}

/** Whether the caller may see what `userId` owns. */
export function maySee({ userId }: { readonly userId: string }): boolean {
  const owner = ownerFilter();
  return owner === undefined || owner === userId;
}
