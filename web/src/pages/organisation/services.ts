/** What is to be called so that a team owns these services and no others of those it owned. */
export interface Owning {
  own: string[];
  forget: string[];
}

/** The names between commas, each once. */
export function named(text: string): string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return [...new Set(names)];
}

/** What differs between what a team owned and what it is to own. */
export function owning(before: readonly string[], after: readonly string[]): Owning {
  return {
    own: after.filter((name) => !before.includes(name)),
    forget: before.filter((name) => !after.includes(name)),
  };
}
