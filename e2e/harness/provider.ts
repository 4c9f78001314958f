import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

/** What a provider knows of somebody. */
export interface Claims {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly zoneinfo?: string;
  readonly groups?: readonly string[];
}

/** A real provider of sign-ins, whose people are those it is told of; any password is right. */
export class SignInProvider {
  readonly secret = 'a secret of this test alone';
  readonly #people = new Map<string, Claims>();
  readonly #server = createServer();

  static async start(): Promise<SignInProvider> {
    const provider = new SignInProvider();
    provider.#server.listen(0, '127.0.0.1');
    await once(provider.#server, 'listening');
    return provider;
  }

  get issuer(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('it does not listen');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Signs people in for a server at this address. */
  serve(address: string): void {
    const provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: 'afterword',
          client_secret: this.secret,
          redirect_uris: [`${address}/api/v1/session/provider/back`],
          grant_types: ['authorization_code'],
          response_types: ['code'],
        },
      ],
      claims: {
        openid: ['sub'],
        email: ['email', 'email_verified'],
        profile: ['name', 'zoneinfo'],
        groups: ['groups'],
      },
      pkce: { methods: ['S256'], required: () => true },
      findAccount: (_context, id) => ({
        accountId: id,
        claims: () => ({ sub: id, ...this.#people.get(id) }),
      }),
    });
    this.#server.on('request', provider.callback());
  }

  /** Somebody whom it knows from now on, by what they write into its field. */
  knows(id: string, claims: Claims): void {
    this.#people.set(id, claims);
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((done) => this.#server.close(() => done()));
  }
}
