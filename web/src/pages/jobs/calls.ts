/** The calls that only the page of jobs makes. */
import { answer, api } from '#api/client.ts';

export const calls = {
  jobs: () => answer(api.GET('/jobs')),
  retry: (id: number) => api.POST('/jobs/{id}/retry', { params: { path: { id } } }),
};
