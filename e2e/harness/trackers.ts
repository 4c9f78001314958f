import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** What the next call that makes a ticket meets. */
export type Mood =
  | 'well'
  | 'away'
  | 'made and broken'
  | 'broken'
  | 'too often'
  | 'made and cut off';

interface Ticket {
  title: string;
  body: string;
  open: boolean;
  /** Why it is closed, in the tracker's words. */
  reason: string | null;
  owner: string | null;
  due: string | null;
  labels: string[];
}

type Json = Record<string, unknown>;

/**
 * A stand-in that speaks GitHub's and Jira's real shapes over the same tickets, and misbehaves when
 * it is told to.
 */
export class Trackers {
  readonly #server: Server;
  readonly tickets = new Map<number, Ticket>();
  mood: Mood = 'well';
  /** How often was asked to make a ticket. */
  made = 0;

  private constructor() {
    this.#server = createServer((request, response) => {
      void read(request).then((body) => this.#answer(request, body, response));
    });
  }

  static async start(): Promise<Trackers> {
    const trackers = new Trackers();
    trackers.#server.listen(0, '127.0.0.1');
    await once(trackers.#server, 'listening');
    return trackers;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('it does not listen');
    return `http://127.0.0.1:${address.port}`;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((done) => this.#server.close(() => done()));
  }

  ticket(number: number): Ticket {
    const ticket = this.tickets.get(number);
    if (ticket === undefined) throw new Error(`there is no ticket ${number}`);
    return ticket;
  }

  /** Tells of a ticket as GitHub does. */
  tellAsGitHub(hook: string, secret: string, number: number): Promise<Response> {
    const body = JSON.stringify({
      action: 'edited',
      issue: { number },
      repository: { full_name: 'acme/checkout' },
    });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    return fetch(hook, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'issues',
        'x-hub-signature-256': `sha256=${signature}`,
      },
    });
  }

  #answer(request: IncomingMessage, body: Json, response: ServerResponse): void {
    if (this.mood === 'away') {
      say(response, 503, {});
      return;
    }
    const url = new URL(request.url ?? '/', this.url);
    const call = `${request.method} ${url.pathname}`;
    const number = Number(/(?:issues|issue)\/(?:OPS-)?(\d+)/.exec(url.pathname)?.[1] ?? 0);
    if (call === 'POST /repos/acme/checkout/issues') {
      this.#make(response, github(body), 201, (made) => this.#github(made));
    } else if (call === 'GET /repos/acme/checkout/issues') {
      say(
        response,
        200,
        [...this.tickets.keys()].reverse().map((it) => this.#github(it)),
      );
    } else if (call === 'POST /rest/api/2/issue') {
      this.#make(response, jira(body), 201, (made) => ({ id: `${made}`, key: `OPS-${made}` }));
    } else if (call === 'GET /rest/api/2/search' || call === 'GET /rest/api/3/search/jql') {
      const label = /labels\s*=\s*"?([^"\s]+)"?/.exec(url.searchParams.get('jql') ?? '')?.[1] ?? '';
      const found = [...this.tickets].filter(([, { labels }]) => labels.includes(label));
      say(response, 200, { issues: found.map(([it]) => this.#jira(it)), total: found.length });
    } else if (number && this.tickets.has(number)) {
      this.#one(request.method ?? '', url.pathname, number, body, response);
    } else {
      say(response, 404, { message: 'Not Found' });
    }
  }

  #one(method: string, path: string, number: number, body: Json, response: ServerResponse): void {
    const ticket = this.ticket(number);
    if (path.endsWith('/transitions')) {
      if (method === 'GET') say(response, 200, { transitions: TRANSITIONS });
      else {
        const { id } = body['transition'] as { id: string };
        ticket.open = id === '11';
        ticket.reason = id === '41' ? "Won't Do" : null;
        response.writeHead(204).end();
      }
    } else if (path.startsWith('/rest/')) {
      if (method === 'PUT') {
        const fields = body['fields'] as Json;
        if (typeof fields['summary'] === 'string') ticket.title = fields['summary'];
        if ('duedate' in fields) ticket.due = fields['duedate'] as string | null;
        response.writeHead(204).end();
      } else say(response, 200, this.#jira(number));
    } else {
      if (method === 'PATCH') change(ticket, body);
      say(response, 200, this.#github(number));
    }
  }

  #make(response: ServerResponse, ticket: Ticket, status: number, shown: (made: number) => Json) {
    this.made += 1;
    const { mood } = this;
    if (mood === 'broken') return say(response, 502, {});
    if (mood === 'too often') {
      response.setHeader('retry-after', '1');
      return say(response, 429, {});
    }
    const number = this.tickets.size + 1;
    this.tickets.set(number, ticket);
    if (mood === 'made and broken') return say(response, 502, {});
    if (mood === 'made and cut off') return void response.destroy();
    say(response, status, shown(number));
  }

  #github(number: number): Json {
    const { title, body, open, reason, owner } = this.ticket(number);
    return {
      number,
      title,
      body,
      state: open ? 'open' : 'closed',
      state_reason: reason,
      html_url: `https://github.com/acme/checkout/issues/${number}`,
      repository_url: 'https://api.github.com/repos/acme/checkout',
      assignee: owner && { login: owner },
    };
  }

  #jira(number: number): Json {
    const { title, body, open, reason, due, labels } = this.ticket(number);
    const category = open ? 'new' : 'done';
    return {
      id: `${number}`,
      key: `OPS-${number}`,
      self: `${this.url}/rest/api/2/issue/${number}`,
      fields: {
        summary: title,
        description: body,
        status: { name: open ? 'To Do' : 'Done', statusCategory: { key: category } },
        resolution: reason === null ? null : { name: reason },
        assignee: null,
        duedate: due,
        labels,
      },
    };
  }
}

const TRANSITIONS = [
  { id: '11', name: 'To Do', to: { name: 'To Do', statusCategory: { key: 'new' } } },
  {
    id: '21',
    name: 'In Progress',
    to: { name: 'In Progress', statusCategory: { key: 'indeterminate' } },
  },
  { id: '31', name: 'Done', to: { name: 'Done', statusCategory: { key: 'done' } } },
  { id: '41', name: "Won't do", to: { name: "Won't do", statusCategory: { key: 'done' } } },
];

function github(body: Json): Ticket {
  const [owner = null] = (body['assignees'] as string[] | undefined) ?? [];
  return {
    title: `${body['title']}`,
    body: `${body['body']}`,
    open: true,
    reason: null,
    owner,
    due: null,
    labels: (body['labels'] as string[] | undefined) ?? [],
  };
}

function jira(body: Json): Ticket {
  const fields = body['fields'] as Json;
  return {
    title: `${fields['summary']}`,
    body: `${fields['description']}`,
    open: true,
    reason: null,
    owner: null,
    due: (fields['duedate'] as string | undefined) ?? null,
    labels: (fields['labels'] as string[] | undefined) ?? [],
  };
}

function change(ticket: Ticket, body: Json): void {
  if (typeof body['title'] === 'string') ticket.title = body['title'];
  if (typeof body['state'] === 'string') {
    ticket.open = body['state'] === 'open';
    ticket.reason = (body['state_reason'] as string | undefined) ?? null;
  }
  if (Array.isArray(body['assignees'])) ticket.owner = (body['assignees'][0] as string) ?? null;
}

async function read(request: IncomingMessage): Promise<Json> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text === '' ? {} : (JSON.parse(text) as Json);
}

function say(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
