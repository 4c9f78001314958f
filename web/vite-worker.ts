import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { build, type Plugin, type ResolvedConfig } from 'vite';

/** Builds the service worker as one classic script that knows the app's other files by name. */
export function worker(entry: string): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'afterword:worker',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    closeBundle: {
      order: 'post',
      async handler() {
        const { outDir, target } = config.build;
        const app = await filesIn(join(config.root, outDir));
        await build({
          configFile: false,
          publicDir: false,
          logLevel: 'warn',
          define: { APP: JSON.stringify(app) },
          build: {
            outDir,
            target,
            emptyOutDir: false,
            rolldownOptions: {
              input: entry,
              output: { format: 'iife', entryFileNames: 'worker.js' },
            },
          },
        });
      },
    },
  };
}

/** Every file's address, and a version that changes with any file's content. */
async function filesIn(folder: string): Promise<{ version: string; files: string[] }> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found
    .filter((file) => file.isFile())
    .map((file) => relative(folder, join(file.parentPath, file.name)).split(sep).join('/'))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(await readFile(join(folder, file)));
  return {
    version: hash.digest('hex').slice(0, 16),
    files: files.map((file) => `/${file}`),
  };
}
