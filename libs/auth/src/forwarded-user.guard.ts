import { Injectable, type CanActivate } from '@nestjs/common';
import { currentContext } from '@eventzr/http';
import { credentialMissing } from './auth-faults.js';

/** For `@Internal` routes that work for a user: 401 unless the calling service sent that user's token along. */
@Injectable()
export class ForwardedUser implements CanActivate {
  canActivate(): boolean {
    if (currentContext()?.principal === undefined) throw credentialMissing();
    return true;
  }
}
