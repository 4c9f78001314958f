import { asProblem, Problem } from '#api/problem.ts';

const TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const LARGEST = 10 * 1024 * 1024;

export interface Upload {
  readonly id: number;
  readonly name: string;
  /** From 0 to 1. */
  readonly progress: number;
  readonly problem: string | null;
}

/** Pictures on their way to the server. */
export class Uploads {
  all = $state.raw<readonly Upload[]>([]);
  readonly #to: string;
  #next = 0;

  constructor(postmortem: string) {
    this.#to = `/api/v1/postmortems/${encodeURIComponent(postmortem)}/pictures`;
  }

  /** Sends pictures one after the other; each that arrived is given to `done`. */
  async send(files: readonly File[], done: (url: string, name: string) => void): Promise<void> {
    for (const file of files) await this.#send(file, done);
  }

  dismiss(id: number): void {
    this.all = this.all.filter((upload) => upload.id !== id);
  }

  async #send(file: File, done: (url: string, name: string) => void): Promise<void> {
    const id = this.#next++;
    const name = file.name || 'picture';
    this.all = [...this.all, { id, name, progress: 0, problem: refusal(file) }];
    if (refusal(file) !== null) return;
    try {
      const url = await post(this.#to, file, (progress) => this.#change(id, { progress }));
      this.dismiss(id);
      done(url, name);
    } catch (error) {
      this.#change(id, { problem: asProblem(error).message });
    }
  }

  #change(id: number, to: Partial<Upload>): void {
    this.all = this.all.map((upload) => (upload.id === id ? { ...upload, ...to } : upload));
  }
}

function refusal(file: File): string | null {
  if (!TYPES.includes(file.type)) {
    return 'Only PNG, JPEG, GIF and WebP pictures can be kept here. Add other files as links.';
  }
  if (file.size > LARGEST)
    return 'This picture is larger than 10 MB. Make it smaller and try again.';
  return null;
}

/** `fetch` tells nothing of how far an upload is. */
function post(url: string, file: File, tell: (progress: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('Content-Type', file.type);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => tell(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(offline());
    request.onload = () => {
      const answer: unknown = request.response;
      if (request.status === 201 && hasUrl(answer)) resolve(answer.url);
      else reject(new Problem(request.status, isObject(answer) ? answer : {}));
    };
    request.send(file);
  });
}

function offline(): Problem {
  return new Problem(0, {
    detail:
      'The server can’t be reached, so this picture could not be sent. Paste it again when you are back online.',
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function hasUrl(value: unknown): value is { url: string } {
  return isObject(value) && typeof value['url'] === 'string';
}
