import { describe, expect, it } from 'vitest';
import { html, plainText } from './html.ts';

describe('html', () => {
  it('knows the marks of the record', () => {
    expect(html('**b** *i* ~~s~~ `c`')).toBe(
      '<p><strong>b</strong> <em>i</em> <del>s</del> <code>c</code></p>',
    );
  });

  it('shows HTML as text', () => {
    expect(html('<img src=x onerror=alert(1)>')).not.toContain('<img');
    expect(html('a <script>alert(1)</script>')).not.toContain('<script');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x'])('drops %s', (address) => {
    expect(html(`[a](${address})`)).toBe('<p><a href="">a</a></p>');
  });

  it('keeps the pictures of a record', () => {
    expect(html('![graph](/api/v1/postmortems/1/pictures/ab)')).toContain(
      'src="/api/v1/postmortems/1/pictures/ab"',
    );
  });
});

describe('plainText', () => {
  it('has the words and none of the marks', () => {
    expect(plainText('Rolled **back** with `deploy`, see [it](https://example.org)')).toBe(
      'Rolled back with deploy, see it',
    );
  });

  it('runs nothing', () => {
    expect(plainText('<b onclick="x">a</b> &amp; b')).toBe('<b onclick="x">a</b> & b');
  });
});
