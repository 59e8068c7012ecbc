import { Inject, Injectable } from '@nestjs/common';
import { isUuid } from '@eventzr/config';
import { currentContext, currentPrincipal } from '@eventzr/http';
import { WalletApi } from './wallet-api.js';
import { isHoldUnknown, walletFault } from './wallet-faults.js';

/** Confirms the hold under which another service calls: the work of a child is paid by its parent. */
@Injectable()
export class ParentHolds {
  constructor(@Inject(WalletApi) private readonly wallet: WalletApi) {}

  /**
   * Whether the hold is open, was made by the calling service, and for the user whose token came along.
   * @throws UNAVAILABLE 503 while the wallet cannot answer
   */
  async isOpenForCaller(holdId: string): Promise<boolean> {
    if (!isUuid(holdId)) return false;
    const { tenantId, userId } = currentPrincipal();
    const hold = await this.wallet.find(tenantId, holdId).catch((error: unknown) => {
      if (isHoldUnknown(error)) return undefined;
      throw walletFault(error);
    });
    return hold?.state === 'open' && hold.userId === userId && hold.service === currentContext()?.caller;
  }
}
