import { describe, expect, it } from 'vitest';
import type { Source, Vendor } from '#api/types.ts';
import { SourceForm } from './source-form.svelte.ts';

const GITHUB = {
  settings: [
    { key: 'repositories', label: '', hint: '', required: true, many: true },
    { key: 'base_url', label: '', hint: '', required: false, many: false },
  ],
} as unknown as Vendor;

describe('what is set about a source', () => {
  it('is sent as the vendor describes it', () => {
    const form = new SourceForm();
    form.name = 'GitHub';
    form.settings = { repositories: ' acme/checkout \n\nacme/search', base_url: ' ', other: 'x' };
    expect(form.body(GITHUB)).toEqual({
      name: 'GitHub',
      settings: { repositories: ['acme/checkout', 'acme/search'] },
      retention_days: null,
    });
  });

  it('is typed again as it was', () => {
    const settings = { repositories: ['a/b', 'c/d'], base_url: 'https://git.example' };
    const source = { name: 'G', settings, retention_days: 90 } as unknown as Source;
    const form = new SourceForm(source);
    expect(form.settings['repositories']).toBe('a/b\nc/d');
    expect(form.body(GITHUB)).toEqual({ name: 'G', settings, retention_days: 90 });
  });
});
