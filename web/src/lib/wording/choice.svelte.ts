const KEY = 'afterword-wording';

/** Whether somebody wants wordings pointed out to them; a matter of this browser alone. */
class WordingChoice {
  on = $state(stored());

  choose(on: boolean) {
    this.on = on;
    try {
      if (on) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, 'off');
    } catch {
      // Where local storage is forbidden, the choice lasts as long as the page.
    }
  }
}

function stored(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}

export const wordingChoice = new WordingChoice();
