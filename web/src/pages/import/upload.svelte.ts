import { asProblem, type Problem, problemOf, unreachable } from '#api/problem.ts';
import type { ImportedEvents } from '#api/types.ts';

/** Where a file is on its way. */
export type State = 'waiting' | 'sending' | 'reading' | 'done' | 'stopped' | 'refused';

/** One file on its way to the server, which may be stopped. */
export class Upload {
  state = $state<State>('waiting');
  /** How much has been sent, from 0 to 1. */
  progress = $state(0);
  outcome = $state.raw<ImportedEvents>();
  problem = $state.raw<Problem>();
  #request: XMLHttpRequest | undefined;

  get isUnderWay(): boolean {
    return this.state === 'sending' || this.state === 'reading';
  }

  /** Sends a file to `path`, below `/api/v1`. */
  async send(path: string, mediaType: string, file: File): Promise<void> {
    if (this.isUnderWay) return;
    this.state = 'sending';
    this.progress = 0;
    this.outcome = undefined;
    this.problem = undefined;
    try {
      this.outcome = await this.#post(`/api/v1${path}`, mediaType, file);
      this.state = this.outcome ? 'done' : 'stopped';
    } catch (thrown) {
      this.problem = asProblem(thrown);
      this.state = 'refused';
    }
  }

  /** Nothing more is sent; what arrived stays. */
  stop(): void {
    this.#request?.abort();
  }

  /** `fetch` tells nothing of how far an upload is. Nothing is answered where it was stopped. */
  #post(url: string, mediaType: string, file: File): Promise<ImportedEvents | undefined> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      this.#request = request;
      request.open('POST', url);
      request.setRequestHeader('Content-Type', mediaType);
      request.responseType = 'json';
      request.upload.onprogress = ({ loaded, total }) => {
        this.progress = total > 0 ? loaded / total : 0;
      };
      request.upload.onload = () => {
        this.progress = 1;
        this.state = 'reading';
      };
      request.onabort = () => resolve(undefined);
      request.onerror = () => reject(unreachable());
      request.onload = () => {
        if (request.status === 200) resolve(request.response as ImportedEvents);
        else reject(problemOf(request.status, request.response));
      };
      request.send(file);
    });
  }
}
