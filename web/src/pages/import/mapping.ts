/** The fields of an event that a column can be, in the order in which they are asked. */
export const FIELDS = [
  { field: 'at', label: 'When it happened', needed: true },
  { field: 'title', label: 'What happened', needed: true },
  { field: 'service', label: 'Service', needed: false },
  { field: 'text', label: 'More about it', needed: false },
  { field: 'actor', label: 'Who', needed: false },
  { field: 'severity', label: 'Severity', needed: false },
  { field: 'environment', label: 'Environment', needed: false },
  { field: 'url', label: 'Link', needed: false },
  { field: 'id', label: 'Its number or key', needed: false },
] as const;

/** What sort of thing every row is. */
export const KINDS = [
  { value: 'note', label: 'Notes' },
  { value: 'alert', label: 'Alerts' },
  { value: 'change', label: 'Changes' },
  { value: 'ticket', label: 'Tickets' },
  { value: 'message', label: 'Messages' },
  { value: 'page', label: 'Pages to people on call' },
] as const;

/** Fields and their columns; an empty name is no column. */
export type Columns = Readonly<Record<string, string>>;

/** The mapping as the API takes it: `at=Time,title=Summary,kind==alert`. */
export function mapping(columns: Columns, kind: string): string {
  const pairs = FIELDS.flatMap(({ field }) => {
    const column = columns[field];
    return column ? [`${field}=${column}`] : [];
  });
  return [...pairs, `kind==${kind}`].join(',');
}

/** The beginning of a table, up to the end of a row: enough to show how it will be read. */
export async function beginning(file: Blob, most = 64 * 1024): Promise<Blob> {
  if (file.size <= most) return file;
  const bytes = new Uint8Array(await file.slice(0, most).arrayBuffer());
  const end = bytes.lastIndexOf('\n'.charCodeAt(0));
  return file.slice(0, end < 0 ? most : end + 1);
}

/** A source's name from a file's: `Shift log (May).csv` is `shift-log-may`. */
export function sourceFrom(fileName: string): string {
  const stem = fileName.replace(/\.[^.]*$/, '').toLowerCase();
  return stem.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'csv';
}
