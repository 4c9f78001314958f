import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const server = process.env['AFTERWORD_URL'] ?? 'http://127.0.0.1:8787';

export default defineConfig({
  plugins: [svelte()],
  resolve: {
    // Vitest would otherwise take Svelte's server build, which cannot mount components.
    conditions: process.env['VITEST'] ? ['browser'] : ['module', 'browser', 'development|production'],
  },
  build: {
    target: 'es2023',
    // The policy of the served page forbids inline scripts, and data: only for pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/api': server,
      '/feed.atom': server,
      '/sync': { target: server, ws: true },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
  },
});
