/** What can be chosen about a recording. */
export const VISIBLE = [
  { value: '', label: 'As in the publication: with names everyone, with roles who took part' },
  { value: 'everyone', label: 'Everyone, once it is published' },
  { value: 'took-part', label: 'Only who took part' },
] as const;

export const KEPT = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: '0', label: 'As long as the post-mortem' },
] as const;
