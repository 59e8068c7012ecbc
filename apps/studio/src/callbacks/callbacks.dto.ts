import { IsBoolean } from 'class-validator';

/** A vendor's callback was heard; what came of it is not the vendor's business. */
export class CallbackReceipt {
  @IsBoolean()
  received!: boolean;
}
