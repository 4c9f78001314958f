import { asProblem, type Problem, problemFrom } from '#api/problem.ts';
import { type Piece, pieces } from './pieces.ts';
import { append, received } from './tus.ts';

const LONGEST_REST = 5000;

/** Sends a recording while it grows, each piece at once, and keeps it until the server has it. */
export class Sender {
  /** How many bytes there are so far. */
  total = $state(0);
  /** How many of them the server has on disk. */
  sent = $state(0);
  /** The server is not reached at the moment; what is recorded is kept meanwhile. */
  waiting = $state(false);
  readonly #address: string;
  readonly #upload: string;
  readonly #queue: Piece[] = [];
  #work: Promise<void> | undefined;
  #failure: Problem | undefined;

  constructor(address: string) {
    this.#address = address;
    this.#upload = address.split('/').at(-1) ?? address;
  }

  /** Takes up what an earlier visit has left. */
  static async resumed(address: string): Promise<Sender> {
    const sender = new Sender(address);
    sender.sent = await received(address);
    const left = await pieces.of(sender.#upload).catch(() => []);
    sender.#queue.push(...left.sort((one, other) => one.offset - other.offset));
    const last = sender.#queue.at(-1);
    sender.total = Math.max(sender.sent, last ? last.offset + last.bytes.byteLength : 0);
    return sender;
  }

  /** Takes the next piece. */
  async add(bytes: ArrayBuffer): Promise<void> {
    const piece = { offset: this.total, bytes };
    this.total += bytes.byteLength;
    // Where the browser keeps nothing, the page itself still has it.
    await pieces.keep(this.#upload, piece).catch(() => undefined);
    this.#queue.push(piece);
    void this.#run().catch(() => undefined);
  }

  /** Sends what is left, and says that this was all. */
  async finish(): Promise<void> {
    for (;;) {
      await this.#run();
      const response = await this.#try(() =>
        append(this.#address, this.sent, new ArrayBuffer(0), this.sent),
      );
      if (response.ok) break;
      if (response.status !== 409) throw await problemFrom(response);
      const before = this.sent;
      this.sent = await this.#try(() => received(this.#address));
      // The answer was lost on its way: all of it is there.
      if (this.sent === before) break;
    }
    await pieces.forget(this.#upload).catch(() => undefined);
  }

  /** Only one is at work; whoever asks meanwhile waits for the same. */
  #run(): Promise<void> {
    this.#work ??= this.#sendAll().finally(() => {
      this.#work = undefined;
    });
    return this.#work;
  }

  async #sendAll(): Promise<void> {
    for (let piece = this.#queue[0]; piece; piece = this.#queue[0]) {
      if (this.#failure) throw this.#failure;
      await this.#send(piece);
      this.#queue.shift();
      await pieces.letGo(this.#upload, piece).catch(() => undefined);
    }
  }

  async #send({ offset, bytes }: Piece): Promise<void> {
    const end = offset + bytes.byteLength;
    while (this.sent < end) {
      const rest = bytes.slice(Math.max(0, this.sent - offset));
      const at = Math.max(this.sent, offset);
      const response = await this.#try(() => append(this.#address, at, rest));
      if (response.ok) {
        this.sent = Number(response.headers.get('Upload-Offset') ?? end);
      } else if (response.status === 409) {
        const before = this.sent;
        this.sent = await this.#try(() => received(this.#address));
        // It stands elsewhere than where we would go on, and always will.
        if (this.sent === before) throw await this.#failed(response);
      } else {
        throw await this.#failed(response);
      }
    }
  }

  async #failed(response: Response): Promise<Problem> {
    this.#failure = await problemFrom(response);
    return this.#failure;
  }

  /** Tries until the server is there. */
  async #try<T>(request: () => Promise<T>): Promise<T> {
    for (let rest = 250; ; rest = Math.min(rest * 2, LONGEST_REST)) {
      try {
        const answer = await request();
        if (!(answer instanceof Response) || answer.status < 500) {
          this.waiting = false;
          return answer;
        }
      } catch (thrown) {
        const problem = asProblem(thrown);
        if (!problem.isOffline) throw problem;
      }
      this.waiting = true;
      await new Promise((done) => setTimeout(done, rest));
    }
  }
}
