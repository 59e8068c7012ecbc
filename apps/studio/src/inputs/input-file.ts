/** A caller's file, checked and copied: what a job's `input` keeps of it. Sizes are pixels. */
export type InputFile = {
  readonly id: string;
  readonly mimeType: string;
  readonly bytes: number;
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
};

/** Where its bytes lie. */
export const inputKey = (tenantId: string, id: string) => `tenants/${tenantId}/inputs/${id}`;
