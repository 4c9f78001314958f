/**
 * Takes away what the server sent to be read until the app is here: the page itself is now, or
 * another one.
 */
export function leaveEarly(): void {
  document.getElementById('early')?.remove();
}
