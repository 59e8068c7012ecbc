/** A caller's file, checked and copied: what a job's `input` keeps of it. Sizes are pixels. */
export type InputFile = {
  readonly id: string;
  readonly mimeType: string;
  readonly bytes: number;
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
  /** A term of the IPTC vocabulary of digital source types, as an address; absent: the original told none. */
  readonly sourceType?: string;
  /** Whether the original had C2PA manifests that fitted it; they lie beside the copy. */
  readonly signed?: boolean;
};

/** Where its bytes lie. */
export const inputKey = (tenantId: string, id: string) => `tenants/${tenantId}/inputs/${id}`;

/** Where the C2PA manifests of its original lie. */
export const manifestsKey = (tenantId: string, id: string) => `${inputKey(tenantId, id)}.c2pa`;
