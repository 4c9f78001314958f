/** Where somebody's unsaved changes to a handbook are kept. */
export function draftKey(id: string): string {
  return `handbook/${id}`;
}
