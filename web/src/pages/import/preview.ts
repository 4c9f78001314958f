import { answer, api } from '#api/client.ts';
import type { TablePreview } from '#api/types.ts';
import { beginning } from './mapping.ts';

/** How the server reads the first rows of a table; without a mapping by its columns' names. */
export async function preview(file: File, zone: string, map?: string): Promise<TablePreview> {
  const body = await beginning(file);
  const query = { zone, ...(map !== undefined && { map }) };
  return answer(
    api.POST('/import/csv/preview', {
      params: { query },
      // Bytes as they are in the file, whatever the description calls them.
      body: body as unknown as string,
      bodySerializer: (bytes: unknown) => bytes as Blob,
      headers: { 'Content-Type': 'text/csv' },
    }),
  );
}
