/** How a file is written. */
export type Format = 'csv' | 'codeowners' | 'backstage';

/** How a file is to be read. */
export interface How {
  format: Format;
  service?: string;
  below?: string;
}

export const FORMATS: readonly { value: Format; label: string; hint: string }[] = [
  {
    value: 'csv',
    label: 'A table',
    hint: 'CSV whose first line names its columns: service, team, lead email, members.',
  },
  {
    value: 'codeowners',
    label: 'CODEOWNERS',
    hint: 'Paths and who owns them, as GitHub and GitLab have it. Each folder becomes a service, or the whole is one.',
  },
  {
    value: 'backstage',
    label: 'Backstage’s catalog',
    hint: 'YAML with components, APIs and systems, and with groups and users if they are to be known.',
  },
];

/** How a file of that name is most likely written. */
export function formatOf(name: string): Format {
  if (/codeowners/i.test(name)) return 'codeowners';
  return /\.ya?ml$/i.test(name) ? 'backstage' : 'csv';
}

/** What a report comes to, in a line. */
export function inShort(report: {
  teams: readonly { new: boolean }[];
  services: readonly { new: boolean }[];
  unchanged: number;
  skipped: readonly unknown[];
}): string {
  const made = (list: readonly { new: boolean }[]) => list.filter((it) => it.new).length;
  const parts: [number, string, string][] = [
    [made(report.teams), 'new team', 'new teams'],
    [report.teams.length - made(report.teams), 'team changes', 'teams change'],
    [made(report.services), 'new service', 'new services'],
    [report.services.length - made(report.services), 'other owner', 'other owners'],
    [report.unchanged, 'service as it is', 'services as they are'],
    [report.skipped.length, 'line not taken', 'lines not taken'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`)
    .join(', ');
}
