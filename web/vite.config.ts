import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { worker } from './vite-worker.ts';

const server = 'http://127.0.0.1:8787';

export default defineConfig({
  plugins: [svelte(), worker('src/worker/worker.ts')],
  build: {
    // The first versions with light-dark(), which the design tokens are written with.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // The content security policy allows data: for pictures only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/api': server,
      '/sync': { target: server, ws: true },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
  },
});
