import assert from 'node:assert/strict';
import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { until } from './until.ts';

/** A real mail server that keeps what it is given. */
export class MailServer {
  readonly #server: SMTPServer;
  readonly #taken: { to: string; text: string; raw: string }[] = [];
  /** How often it refuses for now before it takes a mail again. */
  #refusals = 0;

  refused = 0;

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, done) => {
        if (this.#refusals === 0) return done();
        this.#refusals -= 1;
        this.refused += 1;
        done(Object.assign(new Error('come back later'), { responseCode: 450 }));
      },
      onData: (stream, session, done) => {
        let text = '';
        stream.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address).join();
          this.#taken.push({ to, text: unfolded(text), raw: text });
          done();
        });
      },
    });
  }

  static async start(): Promise<MailServer> {
    const mail = new MailServer();
    const { server } = mail.#server;
    mail.#server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return mail;
  }

  get url(): string {
    const address = this.#server.server.address();
    if (address === null || typeof address === 'string') throw new Error('it does not listen');
    return `smtp://127.0.0.1:${address.port}`;
  }

  /** The newest mail to somebody, when it has arrived. */
  async newest(to: string, after = 0): Promise<string> {
    const { text } = await until(`a mail to ${to} arrives`, () => this.#to(to)[after]);
    return text;
  }

  /** The same as it came over the wire. */
  async newestRaw(to: string, after = 0): Promise<string> {
    const { raw } = await until(`a mail to ${to} arrives`, () => this.#to(to)[after]);
    return raw;
  }

  count(to: string): number {
    return this.#to(to).length;
  }

  /** Refuses the next mails for now, as a busy server does. */
  refuse(times: number): void {
    this.#refusals = times;
  }

  stop(): Promise<void> {
    return new Promise((done) => this.#server.close(done));
  }

  #to(address: string): { text: string; raw: string }[] {
    return this.#taken.filter(({ to }) => to === address);
  }
}

/** Long lines as they were before they were folded for the way (quoted-printable). */
function unfolded(text: string): string {
  return text.replaceAll(/=\r\n/g, '').replaceAll('=3D', '=');
}

/** The address in the line with these words. */
export function linkIn(mail: string, words: RegExp): string {
  const line = mail.split(/\r?\n/).find((it) => words.test(it));
  const [link] = /https?:\/\/\S+/.exec(line ?? '') ?? [];
  assert.ok(link !== undefined, `no link ${words} in\n${mail}`);
  return link;
}
