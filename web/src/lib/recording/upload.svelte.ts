import { DetailedError, Upload } from 'tus-js-client';
import { asProblem, type Problem, problemOf, unreachable } from '#api/problem.ts';
import { endpointOf, type Facts, uploadUrl } from './tus.ts';

/** In bytes: small enough for what stands between a browser and the server. */
const CHUNK = 32 * 1024 * 1024;
/** A server that is started again is away for less. */
const RETRIES = [0, 500, 1000, 2000, 4000, 8000, 15_000, 30_000, 60_000];

/** A file on its way to the server, whichever page is shown meanwhile. */
class FileUpload {
  state = $state<'idle' | 'sending' | 'paused' | 'refused'>('idle');
  /** Of which post-mortem. */
  postmortem = $state<string>();
  sent = $state(0);
  size = $state(0);
  problem = $state.raw<Problem>();
  #upload: Upload | undefined;
  #done: () => void = () => undefined;

  /** Sends a file; `upload` names one that an earlier visit has begun. Done when it is there. */
  send(postmortem: string, file: File, facts: Facts, upload?: string): Promise<void> {
    this.postmortem = postmortem;
    this.size = file.size;
    this.sent = 0;
    const begun = upload === undefined ? null : uploadUrl(postmortem, upload);
    this.#upload = new Upload(file, {
      endpoint: endpointOf(postmortem),
      uploadUrl: begun,
      chunkSize: CHUNK,
      retryDelays: RETRIES,
      storeFingerprintForResuming: false,
      metadata: { ...facts, filename: file.name },
      onProgress: (sent) => {
        this.sent = sent;
      },
      onError: (error) => {
        this.problem = problemIn(error);
        if (this.problem.isOffline) {
          this.state = 'paused';
        } else {
          this.state = 'refused';
          this.postmortem = undefined;
          this.#done();
        }
      },
      onSuccess: () => {
        this.state = 'idle';
        this.postmortem = undefined;
        this.#done();
      },
    });
    return new Promise((done) => {
      this.#done = done;
      this.go();
    });
  }

  go(): void {
    this.problem = undefined;
    this.state = 'sending';
    this.#upload?.start();
  }

  async pause(): Promise<void> {
    this.state = 'paused';
    await this.#upload?.abort();
  }

  /** Stops, and forgets the file; what the server has is removed with the upload. */
  async end(): Promise<void> {
    await this.#upload?.abort();
    this.#upload = undefined;
    this.problem = undefined;
    this.postmortem = undefined;
    this.state = 'idle';
    this.#done();
  }
}

function problemIn(error: Error | DetailedError): Problem {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  if (!response) return error instanceof DetailedError ? unreachable() : asProblem(error);
  try {
    return problemOf(response.getStatus(), JSON.parse(response.getBody()));
  } catch {
    return problemOf(response.getStatus(), undefined);
  }
}

export const upload = new FileUpload();
