import { ProviderFault } from '../providers/provider-fault.js';

/** What a vendor made is not handed out. */
export class OutputRefused extends ProviderFault {
  constructor(provider: string, category: string) {
    super({ provider, kind: 'moderated', message: `the result was refused (output, ${category})` });
    this.name = 'OutputRefused';
  }
}
