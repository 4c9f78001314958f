import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from './until.ts';

const BINARY = resolve(
  process.env['AFTERWORD_BINARY'] ??
    join(process.env['CARGO_TARGET_DIR'] ?? join('..', 'target'), 'debug', 'afterword'),
);

/** A write that the system refuses is an error then, as on a full disk, and not a signal. */
const SERVE = 'trap "" XFSZ; exec "$0" serve';

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real server over a data folder of its own, which may be killed and started again. */
export class Server {
  readonly address: string;
  readonly #folder: string;
  readonly #settings: NodeJS.ProcessEnv;
  #process: ChildProcess | undefined;
  #said = '';

  private constructor(folder: string, port: number, settings: NodeJS.ProcessEnv) {
    this.address = `http://127.0.0.1:${port}`;
    this.#folder = folder;
    this.#settings = {
      PATH: process.env['PATH'],
      AFTERWORD_LISTEN: `127.0.0.1:${port}`,
      AFTERWORD_DATABASE_URL: `sqlite://${folder}/afterword.db`,
      AFTERWORD_BLOBS_URL: `file://${folder}/blobs`,
      AFTERWORD_PUBLIC_URL: this.address,
      ...settings,
    };
  }

  static async start(settings: NodeJS.ProcessEnv = {}): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), 'afterword-e2e-'));
    const server = new Server(folder, await freePort(), settings);
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const child = spawn('sh', ['-c', SERVE, BINARY], {
      env: this.#settings,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said += text;
    });
    this.#process = child;
    // Whatever ends the tests ends their servers.
    process.once('exit', () => child.kill('SIGKILL'));
    await once(child, 'spawn');
    await until('the server is ready', async () => {
      if (child.exitCode !== null) throw new Error(`the server ended:\n${this.#said}`);
      return (await fetch(`${this.address}/readyz`).catch(() => undefined))?.ok;
    });
  }

  /** Whether the disk is full, as far as this server can see: no file can be written, or all can. */
  async fillDisk(full: boolean): Promise<void> {
    const limit = full ? '1:unlimited' : 'unlimited:unlimited';
    const told = spawn('prlimit', [`--pid=${this.#process?.pid}`, `--fsize=${limit}`]);
    const [status] = await once(told, 'close');
    if (status !== 0) throw new Error(`prlimit ended with ${status}`);
  }

  /** Ends the process as a power failure would: it gets no chance to save anything. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Runs the command line, over the same store and towards this server. */
  async run(args: readonly string[], options: Run = {}): Promise<Finished> {
    const child = spawn(BINARY, args, {
      env: { ...this.#settings, AFTERWORD_URL: this.address, AFTERWORD_TOKEN: options.token },
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    // A command that reads nothing may have ended before this is written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, ...output };
  }

  /** Runs the command line where nothing else than success will do, and gives what it printed. */
  async must(args: readonly string[], options: Run = {}): Promise<string> {
    const { status, stdout, stderr } = await this.run(args, options);
    if (status !== 0)
      throw new Error(`afterword ${args.join(' ')} ended with ${status}: ${stderr}`);
    return stdout.trim();
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

export interface Run {
  readonly input?: string;
  readonly token?: string;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
