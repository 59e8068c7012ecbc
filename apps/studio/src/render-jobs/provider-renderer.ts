import type { CancelOutcome, MediaProvider, MediaRequest } from '../providers/media-provider.js';
import { PendingTask } from '../providers/media-provider.js';
import type { RenderedPiece, RenderTask, RenderWorkTools } from './renderer.js';
import { Renderer } from './renderer.js';

/** A renderer whose pieces are made by the provider that the job was sold for: one request, one piece. */
export abstract class ProviderRenderer<Input, Request extends MediaRequest, Made> extends Renderer<Input> {
  /** @throws ProviderFault `auth` when the provider lost its configuration since */
  protected abstract sold(provider: string): MediaProvider<Request, Made>;

  /** What the provider is asked for a piece: the same for every attempt and every look. */
  protected abstract requestOf(task: RenderTask<Input>): Request | Promise<Request>;

  protected abstract pieceOf(task: RenderTask<Input>, made: Made): RenderedPiece | Promise<RenderedPiece>;

  pieces(_input: Input): number {
    return 1;
  }

  safeToResubmit(provider: string): boolean {
    return this.sold(provider).resubmit === 'safe';
  }

  async render(task: RenderTask<Input>, tools: RenderWorkTools): Promise<RenderedPiece | PendingTask> {
    const provider = this.sold(task.provider);
    return this.answerOf(task, await provider.generate(await this.requestOf(task), tools));
  }

  override async resume(
    taskId: string,
    task: RenderTask<Input>,
    tools: RenderWorkTools,
  ): Promise<RenderedPiece | PendingTask> {
    const provider = this.sold(task.provider);
    return this.answerOf(task, await provider.poll(taskId, await this.requestOf(task), tools));
  }

  override recalls(provider: string): boolean {
    return this.sold(provider).recalls();
  }

  override async recall(task: RenderTask<Input>, tools: RenderWorkTools): Promise<PendingTask | undefined> {
    return this.sold(task.provider).recall(await this.requestOf(task), tools);
  }

  override stop(
    taskId: string,
    { provider }: RenderTask<Input>,
    tools: RenderWorkTools,
  ): Promise<CancelOutcome> {
    return this.sold(provider).cancel(taskId, tools);
  }

  private async answerOf(
    task: RenderTask<Input>,
    made: Made | PendingTask,
  ): Promise<RenderedPiece | PendingTask> {
    return made instanceof PendingTask ? made : this.pieceOf(task, made);
  }
}
