import { answer, api } from '#api/client.ts';
import type { Lesson } from '#api/types.ts';

const one = ({ id, etag }: Lesson) => ({
  params: { path: { id }, header: { 'If-Match': `"${etag}"` } },
});

export const calls = {
  read: () => answer(api.GET('/growth')),
  keep: (text: string, postmortem?: string, at?: number) =>
    answer(
      api.POST('/growth/lessons', {
        body: { text, ...(postmortem && { postmortem }), ...(at !== undefined && { at }) },
      }),
    ),
  change: (lesson: Lesson, text: string) =>
    answer(api.PUT('/growth/lessons/{id}', { ...one(lesson), body: { text } })),
  remove: (lesson: Lesson) => api.DELETE('/growth/lessons/{id}', one(lesson)),
  propose: (of: string) => answer(api.POST('/process/proposals', { body: { from: 'lesson', of } })),
};
