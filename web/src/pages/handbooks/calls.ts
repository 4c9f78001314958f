import { answer, api, tagged } from '#api/client.ts';
import type { Handbook, HandbookVersion, Person } from '#api/types.ts';
import { answerOrKept } from '#lib/kept/answers.ts';

const at = (id: string) => ({ params: { path: { id } } });
const tag = (version: number) => ({ 'If-Match': `"${version}"` });

export const calls = {
  list: async () => (await answer(api.GET('/handbooks'))).items,
  /** One version; the newest if none is named. */
  read: (id: string, version?: number): Promise<HandbookVersion> =>
    version === undefined
      ? answer(api.GET('/handbooks/{id}', at(id)))
      : answer(
          api.GET('/handbooks/{id}/versions/{version}', { params: { path: { id, version } } }),
        ),
  versions: async (id: string) => (await answer(api.GET('/handbooks/{id}/versions', at(id)))).items,
  changes: (id: string, version: number, since?: number) =>
    answer(
      api.GET('/handbooks/{id}/versions/{version}/changes', {
        params: { path: { id, version }, query: since === undefined ? {} : { since } },
      }),
    ),
  save: async (id: string, read: number, handbook: Handbook, reason: string) =>
    (
      await tagged(
        api.PUT('/handbooks/{id}', {
          params: { path: { id }, header: tag(read) },
          body: { handbook, reason },
        }),
      )
    ).value,
  /** A handbook with a proposal taken over. */
  draftOf: (id: string) => answer(api.GET('/process/proposals/{id}/draft', at(id))),
  /** Saves a handbook as what a proposal became. */
  accept: (proposal: string, read: number, handbook: Handbook, reason: string) =>
    answer(
      api.POST('/process/proposals/{id}/acceptance', {
        params: { path: { id: proposal }, header: tag(read) },
        body: { handbook, reason },
      }),
    ),
  copy: (copy_of: string, name: string): Promise<HandbookVersion> =>
    answer(api.POST('/handbooks', { body: { copy_of, name } })),
  retire: async (id: string, read: number) => {
    await api.DELETE('/handbooks/{id}', { params: { path: { id }, header: tag(read) } });
  },
  restore: (id: string) => answer(api.POST('/handbooks/{id}/restore', at(id))),
};

/** Who made a version, in words. */
export async function authors(): Promise<(author: string | null | undefined) => string> {
  const { value } = await answerOrKept('people', (signal) =>
    answer(api.GET('/people', { signal })),
  );
  const names = new Map(value.items.map(({ id, name }: Person) => [id, name]));
  return (author) => (author ? (names.get(author) ?? 'somebody who has left') : 'Afterword');
}
