import { asProblem, type Problem } from '#api/problem.ts';
import { Capture } from './capture.ts';
import { Sender } from './sender.svelte.ts';
import { begin, type Facts } from './tus.ts';

/** So often what was recorded goes to the server, in milliseconds: a crash loses no more. */
const PIECE = 3000;
const FORMS = ['video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4'];

/** Records the screen, whichever page is shown meanwhile. */
class Recorder {
  state = $state<'idle' | 'starting' | 'recording' | 'finishing'>('idle');
  /** Which post-mortem's call it is. */
  postmortem = $state<string>();
  seconds = $state(0);
  problem = $state.raw<Problem>();
  sender = $state.raw<Sender>();
  #capture: Capture | undefined;
  #media: MediaRecorder | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  #added: Promise<void> = Promise.resolve();

  /** Whether this browser can. */
  get isPossible(): boolean {
    return 'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices;
  }

  /** Asks what to record, and begins. */
  async start(postmortem: string, facts: Facts, microphone: boolean): Promise<void> {
    if (this.state !== 'idle') return;
    this.state = 'starting';
    this.problem = undefined;
    try {
      this.#capture = await Capture.ask(microphone);
      const now = new Date().toISOString();
      const filename = `Recording of ${now.slice(0, 10)}.webm`;
      const address = await begin(postmortem, { ...facts, filename, started_at: now });
      this.sender = new Sender(address);
      this.postmortem = postmortem;
      this.#record(this.#capture);
      this.state = 'recording';
    } catch (thrown) {
      this.#end();
      // Nobody chose anything: that is no problem.
      if (!isRefusal(thrown)) this.problem = asProblem(thrown);
    }
  }

  #record(capture: Capture): void {
    const mimeType = FORMS.find((form) => MediaRecorder.isTypeSupported(form));
    const media = new MediaRecorder(capture.stream, mimeType ? { mimeType } : {});
    media.ondataavailable = ({ data }) => {
      // One after the other: reading a piece takes a moment, and their order is what counts.
      this.#added = this.#added.then(async () => this.sender?.add(await data.arrayBuffer()));
    };
    // Sharing ends in the browser's own bar too.
    capture.onended(() => void this.stop());
    this.seconds = 0;
    this.#clock = setInterval(() => {
      this.seconds += 1;
    }, 1000);
    addEventListener('beforeunload', warn);
    media.start(PIECE);
    this.#media = media;
  }

  /** Ends the recording, and sends what is left of it. */
  async stop(): Promise<void> {
    const media = this.#media;
    if (this.state !== 'recording' || !media) return;
    this.state = 'finishing';
    clearInterval(this.#clock);
    try {
      await new Promise<void>((done) => {
        media.onstop = () => done();
        if (media.state === 'inactive') done();
        else media.stop();
      });
      await this.#added;
      await this.sender?.finish();
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
    this.#end();
  }

  #end(): void {
    clearInterval(this.#clock);
    removeEventListener('beforeunload', warn);
    this.#capture?.end();
    this.#capture = undefined;
    this.#media = undefined;
    this.sender = undefined;
    this.postmortem = undefined;
    this.state = 'idle';
  }
}

function isRefusal(thrown: unknown): boolean {
  return thrown instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(thrown.name);
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

export const recorder = new Recorder();
