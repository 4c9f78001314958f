import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { Server } from './server.ts';

const NAME = /-([\w-]{8})\.(js|css)/g;
const NEW_NAME = /-next\.(js|css)/;

/**
 * The same server as an upgrade would leave it: before it stands a proxy that can give every
 * script and style another name, as a new build does, and knows the old names no more.
 */
export class Upgradable {
  readonly address: string;
  readonly #proxy: HttpServer;
  #upgraded = false;

  private constructor(address: string, proxy: HttpServer) {
    this.address = address;
    this.#proxy = proxy;
  }

  static async start(server: Server): Promise<Upgradable> {
    const proxy = createServer((request, response) => {
      void upgradable.#answer(server, request.url ?? '/').then(async (answer) => {
        response.writeHead(answer.status, {
          'content-type': answer.headers.get('content-type') ?? '',
          'cache-control': answer.headers.get('cache-control') ?? '',
        });
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const address = proxy.address();
    if (address === null || typeof address === 'string') throw new Error('no port is free');
    const upgradable = new Upgradable(`http://127.0.0.1:${address.port}`, proxy);
    return upgradable;
  }

  upgrade(): void {
    this.#upgraded = true;
  }

  async stop(): Promise<void> {
    this.#proxy.closeAllConnections();
    this.#proxy.close();
    await once(this.#proxy, 'close');
  }

  async #answer(server: Server, path: string): Promise<Response> {
    if (!this.#upgraded) return fetch(server.address + path);
    const named = /\.(js|css)$/.test(path) && path.startsWith('/assets/');
    if (named && !NEW_NAME.test(path)) return new Response(null, { status: 404 });
    const answer = await fetch(server.address + path.replace(NEW_NAME, '.$1'));
    if (!/html|javascript|css/.test(answer.headers.get('content-type') ?? '')) return answer;
    const text = (await answer.text()).replace(NAME, '-$1-next.$2');
    return new Response(text, { status: answer.status, headers: answer.headers });
  }
}
