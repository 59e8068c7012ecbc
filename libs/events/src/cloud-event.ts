/** A CloudEvents 1.0 event as it travels; `sequence` and `aggregateid` are our extension attributes. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly type: string;
  readonly source: string;
  /** The tenant's id. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** Rises by one for every event of an aggregate. */
  readonly sequence: number;
  readonly aggregateid: string;
  readonly traceparent?: string;
  readonly data: Readonly<Record<string, unknown>>;
}
