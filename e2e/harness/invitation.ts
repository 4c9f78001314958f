import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where bin/test installs it. */
const PYTHON = join(
  process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  'afterword/icalendar/bin/python',
);
const SCRIPT = join(import.meta.dirname, 'read-invitation.py');

export interface CalendarEvent {
  readonly uid: string;
  readonly sequence: number;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly conference: string;
  readonly status: string;
  readonly organizer: string;
  readonly attendees: readonly {
    readonly email: string;
    readonly name: string;
    readonly status: string;
    readonly rsvp: string;
  }[];
}

export interface Calendar {
  readonly method: string;
  readonly events: readonly CalendarEvent[];
}

interface Written extends Calendar {
  readonly longest_line: number;
  readonly bare_line_ends: number;
}

export interface Invitation {
  readonly subject: string;
  readonly id: string;
  readonly words: string;
  readonly page: string;
  readonly method: string;
  readonly event: CalendarEvent;
}

/** A mail as the library icalendar and Python's own read it, whose form is as calendars want it. */
export async function readInvitation(raw: string): Promise<Invitation> {
  const mail = await python<
    Omit<Invitation, 'event'> & { kind: string; file: string; alike: boolean; calendar: Written }
  >(raw);
  const { calendar } = mail;
  assert.equal(mail.kind, 'multipart/mixed');
  assert.equal(mail.file, 'invite.ics');
  assert.ok(mail.alike, 'what is attached is what stands beside the words');
  assert.equal(mail.method, calendar.method, 'the mail says what its calendar does');
  wellWritten(calendar);
  const [event, ...more] = calendar.events;
  assert.ok(event !== undefined && more.length === 0, 'one call in a mail');
  return { ...mail, event };
}

/** A feed as the library reads it. */
export async function readCalendar(text: string): Promise<Calendar> {
  const calendar = await python<Written>(text, '--calendar');
  wellWritten(calendar);
  return calendar;
}

function wellWritten({ longest_line, bare_line_ends }: Written) {
  assert.ok(longest_line <= 75, `a line has ${longest_line} octets`);
  assert.equal(bare_line_ends, 0, 'lines end in CRLF');
}

async function python<T>(input: string, ...args: readonly string[]): Promise<T> {
  const child = spawn(PYTHON, [SCRIPT, ...args]);
  let read = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    read += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stdin.end(input);
  const [status] = (await once(child, 'close')) as [number | null];
  assert.equal(status, 0, `${said}\n${input}`);
  return JSON.parse(read) as T;
}
