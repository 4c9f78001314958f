/** Why a sign-in at the organisation's provider led to nothing, and what to do. */
const REFUSALS: Readonly<Record<string, string>> = {
  none: 'This server has no such sign-in. Use your password, or ask an administrator.',
  expired: 'That sign-in was open for too long, or was used already. Try once more.',
  declined: '{provider} signed nobody in. Try again, or use another way.',
  'no-address':
    '{provider} confirms no e-mail address for you, so that no account could be found. Ask an administrator.',
  'not-believed':
    'What {provider} said could not be believed, so nobody was signed in. Try again; if it stays like this, tell an administrator.',
  unreachable:
    '{provider} does not answer at the moment. Try again in a minute, or use another way.',
  failed: 'Something went wrong on our side. Try again in a minute.',
};

/** What to say for the reason that stands in the address. */
export function refusal(
  reason: string | null,
  provider: string | null | undefined,
): string | undefined {
  const said = reason !== null && Object.hasOwn(REFUSALS, reason) ? REFUSALS[reason] : undefined;
  return said?.replace('{provider}', provider ?? 'Your provider');
}

/** The address by which the browser goes to the provider, and comes back to a page of ours. */
export function toProvider(to: string): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return `/api/v1/session/provider?${new URLSearchParams({ to, zone })}`;
}
