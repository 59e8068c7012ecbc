/** The type, which is also the topic, of every event that studio produces. */
export const STUDIO_EVENTS = [
  'eventzr.studio.render-job.created.v1',
  'eventzr.studio.render-job.completed.v1',
  'eventzr.studio.render-job.failed.v1',
  'eventzr.studio.template.created.v1',
  'eventzr.studio.template.updated.v1',
  'eventzr.studio.voice-model.created.v1',
  'eventzr.studio.voice-model.ready.v1',
] as const;

export interface RenderJobCreated {
  readonly tenantId: string;
  readonly userId: string;
  readonly jobId: string;
  readonly type: string;
  readonly provider: string;
  readonly creditsReserved: number;
}

/** As documented: `outputUrl` is the first asset's address, `durationMs` the time from start to end. */
export interface RenderJobCompleted {
  readonly tenantId: string;
  readonly userId: string;
  readonly jobId: string;
  readonly type: string;
  readonly provider: string;
  readonly outputUrl: string;
  readonly durationMs: number;
  readonly creditsUsed: number;
}

export interface RenderJobFailed {
  readonly tenantId: string;
  readonly userId: string;
  readonly jobId: string;
  readonly type: string;
  readonly provider: string;
  readonly errorCode: string;
  readonly attempts: number;
}

/** A template came, or has a new version. */
export interface TemplateChanged {
  readonly tenantId: string;
  readonly userId: string;
  readonly templateId: string;
  readonly type: string;
  readonly name: string;
  readonly version: number;
}
