/** All that this device keeps of the organisation's stands in databases of this prefix. */
export const PREFIX = 'afterword:';

export function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () =>
      reject(request.error ?? new Error('No local storage.')),
    );
  });
}
