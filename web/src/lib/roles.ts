import type { Role } from '#api/types.ts';

/** What an account may do, in the words that people read. */
export const ROLES: readonly { value: Role; label: string; meaning: string }[] = [
  { value: 'member', label: 'Member', meaning: 'Takes part and reads the library.' },
  { value: 'facilitator', label: 'Facilitator', meaning: 'Leads rooms, and may open every one.' },
  { value: 'admin', label: 'Admin', meaning: 'Keeps the accounts and the disciplines as well.' },
];

export function roleLabel(role: Role): string {
  return ROLES.find(({ value }) => value === role)?.label ?? role;
}
