import type { StreamEvent } from '@eventzr/http';

/** Hears what happens to an orchestration, as it happens. */
export type Progress = (event: StreamEvent) => void;
