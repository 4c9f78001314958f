/** What a channel can be, and what to ask for. */
export const KINDS = [
  {
    value: 'slack',
    label: 'Slack',
    hint: 'The address of an incoming webhook. Mattermost and Rocket.Chat take the same.',
  },
  {
    value: 'teams',
    label: 'Microsoft Teams',
    hint: 'The address that a workflow shows that begins with a webhook.',
  },
  {
    value: 'webhook',
    label: 'Webhook',
    hint: 'Any program that takes a signed message, as “Standard Webhooks” says.',
  },
] as const;

export type Kind = (typeof KINDS)[number]['value'];

export function kindLabel(kind: string): string {
  return KINDS.find(({ value }) => value === kind)?.label ?? kind;
}
