/** The few requests of the tus protocol that a recording in the browser makes. */
import { problemFrom, unreachable } from '#api/problem.ts';

export const VERSION = { 'Tus-Resumable': '1.0.0' } as const;

/** What is said of a recording when it is added. */
export interface Facts {
  readonly filename?: string;
  /** `yes`: everyone on the call agreed. */
  readonly agreed?: string;
  /** RFC 3339: the moment of its second 0. */
  readonly started_at?: string;
  readonly visibility?: string;
  /** 0: as long as the post-mortem. */
  readonly keep_days?: string;
}

export function endpointOf(postmortem: string): string {
  return `/api/v1/postmortems/${postmortem}/recording`;
}

export function uploadUrl(postmortem: string, upload: string): string {
  return `${endpointOf(postmortem)}/uploads/${upload}`;
}

/** Begins an upload whose size is not known yet; answers its address. */
export async function begin(postmortem: string, facts: Facts): Promise<string> {
  const response = await ask(endpointOf(postmortem), {
    method: 'POST',
    headers: { 'Upload-Defer-Length': '1', 'Upload-Metadata': metadata(facts) },
  });
  if (!response.ok) throw await problemFrom(response);
  const address = response.headers.get('Location');
  if (address === null) throw unreachable();
  return address;
}

/** How many bytes of an upload the server has. */
export async function received(address: string): Promise<number> {
  const response = await ask(address, { method: 'HEAD' });
  if (!response.ok) throw await problemFrom(response);
  return Number(response.headers.get('Upload-Offset'));
}

/** Sends what comes next. `size`: how many there were in all, with the last of them. */
export function append(
  address: string,
  offset: number,
  bytes: ArrayBuffer,
  size?: number,
): Promise<Response> {
  const all = size === undefined ? {} : { 'Upload-Length': String(size) };
  return ask(address, {
    method: 'PATCH',
    headers: {
      'Content-Type': 'application/offset+octet-stream',
      'Upload-Offset': String(offset),
      ...all,
    },
    body: bytes,
  });
}

async function ask(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...init, headers: { ...VERSION, ...init.headers } });
  } catch {
    throw unreachable();
  }
}

function metadata(facts: Facts): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name} ${base64(String(value))}`)
    .join(',');
}

function base64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}
