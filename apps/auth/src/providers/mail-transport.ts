/** A mail as it leaves: plain text, to one person. */
export interface Mail {
  /** The order that it fulfils; the same for every attempt, so that a receiver may see repetitions. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The mail was refused for good: another attempt would be, too. */
export class MailRefused extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'MailRefused';
  }
}

/** Who takes mail from us and brings it to people. */
export abstract class MailTransport {
  /**
   * Resolves once the mail is somebody else's to bring.
   * @param signal ends the attempt
   * @throws MailRefused; anything else means that a later attempt may succeed
   */
  abstract deliver(mail: Mail, signal: AbortSignal): Promise<void>;
}
