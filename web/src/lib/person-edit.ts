import { answer, api } from '#api/client.ts';
import { Problem } from '#api/problem.ts';
import type { Person } from '#api/types.ts';

/** An account that is being changed. */
export class PersonEdit {
  readonly #id: string;
  #etag: string;

  constructor(person: Person) {
    this.#id = person.id;
    this.#etag = person.etag;
  }

  /** Refused if somebody changed it meanwhile; whoever has read that may save over it. */
  async save(body: Partial<Omit<Person, 'id' | 'etag'>>) {
    const path = { id: this.#id };
    const header = { 'If-Match': this.#etag };
    try {
      const saved = await answer(api.PATCH('/people/{id}', { params: { path, header }, body }));
      this.#etag = saved.etag;
    } catch (thrown) {
      if (thrown instanceof Problem && thrown.status === 412) {
        this.#etag = (await answer(api.GET('/people/{id}', { params: { path } }))).etag;
      }
      throw thrown;
    }
  }
}
