/** Where a recording plays just now, shared by the player and whatever stands beside it. */
export class Playback {
  /** Seconds since the recording began. */
  seconds = $state(0);
  /** Whether a player is there to be moved. */
  attached = $state(false);
  #player: HTMLMediaElement | undefined;

  /** Follows this player until the answer is called. */
  attach(player: HTMLMediaElement): () => void {
    const follow = () => {
      this.seconds = player.currentTime;
    };
    for (const event of EVENTS) {
      player.addEventListener(event, follow);
    }
    this.#player = player;
    this.attached = true;
    return () => {
      for (const event of EVENTS) {
        player.removeEventListener(event, follow);
      }
      this.#player = undefined;
      this.attached = false;
    };
  }

  /** Moves the player; without one, what stands beside it moves alone. */
  seek(seconds: number): void {
    this.seconds = seconds;
    if (this.#player) {
      this.#player.currentTime = seconds;
    }
  }
}

const EVENTS = ['timeupdate', 'seeking', 'seeked'] as const;
