import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { type Discard, TakenInputs } from './taken-inputs.js';

abstract class InputDiscard implements NestInterceptor {
  protected abstract readonly discard: Discard;

  constructor(private readonly taken: TakenInputs) {}

  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const handle = (): Promise<unknown> => lastValueFrom(next.handle(), { defaultValue: undefined });
    return from(this.taken.during(this.discard, handle));
  }
}

@Injectable()
class RefusedInputs extends InputDiscard {
  protected readonly discard = 'when refused';

  constructor(taken: TakenInputs) {
    super(taken);
  }
}

@Injectable()
class SpentInputs extends InputDiscard {
  protected readonly discard = 'when over';

  constructor(taken: TakenInputs) {
    super(taken);
  }
}

/** For handlers that take files for a job or a later request: what a refused request took is removed at once. */
export const TakesInputsForJobs = (): ClassDecorator & MethodDecorator => UseInterceptors(RefusedInputs);

/** For handlers that are done with the files when they answer: they are removed in any case. */
export const TakesInputsOnce = (): ClassDecorator & MethodDecorator => UseInterceptors(SpentInputs);
