/** Says something to screen readers alone. */
class Announcer {
  text = $state('');
  #again = false;

  say(text: string) {
    // The same words twice are read twice only if the content differs.
    this.#again = !this.#again;
    this.text = this.#again ? text : `${text}\u00a0`;
  }
}

export const announcer = new Announcer();
