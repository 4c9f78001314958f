/** What is recorded: a screen or a tab with its sound, and the microphone beside it. */
export class Capture {
  readonly stream: MediaStream;
  readonly #screen: MediaStream;
  readonly #microphone: MediaStream | undefined;
  readonly #mixer: AudioContext | undefined;

  private constructor(screen: MediaStream, microphone: MediaStream | undefined) {
    this.#screen = screen;
    this.#microphone = microphone;
    const sounds = [screen, microphone].filter((it) => (it?.getAudioTracks().length ?? 0) > 0);
    if (sounds.length < 2) {
      this.stream = new MediaStream([
        ...screen.getVideoTracks(),
        ...sounds.flatMap((it) => it?.getAudioTracks() ?? []),
      ]);
      return;
    }
    // A recording has one track of sound: what the others say and what is said here become one.
    this.#mixer = new AudioContext();
    const both = this.#mixer.createMediaStreamDestination();
    for (const sound of sounds) {
      if (sound) this.#mixer.createMediaStreamSource(sound).connect(both);
    }
    this.stream = new MediaStream([...screen.getVideoTracks(), ...both.stream.getAudioTracks()]);
  }

  /** Has the person choose what is shared. */
  static async ask(microphone: boolean): Promise<Capture> {
    const screen = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: true });
    // Without a microphone the others are still heard.
    const own = microphone
      ? await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => undefined)
      : undefined;
    return new Capture(screen, own);
  }

  onended(listener: () => void): void {
    this.#screen.getVideoTracks()[0]?.addEventListener('ended', listener);
  }

  end(): void {
    for (const stream of [this.#screen, this.#microphone]) {
      for (const track of stream?.getTracks() ?? []) track.stop();
    }
    void this.#mixer?.close();
  }
}
