import { micromark } from 'micromark';
import { gfmStrikethrough, gfmStrikethroughHtml } from 'micromark-extension-gfm-strikethrough';

/**
 * Markdown as HTML that is safe to show: HTML inside it stays text, and addresses other than
 * http, https and mailto are dropped; both are micromark's defaults, and a test holds them.
 */
export function html(markdown: string): string {
  return micromark(markdown, {
    extensions: [gfmStrikethrough()],
    htmlExtensions: [gfmStrikethroughHtml()],
  });
}

/** The words of a Markdown text alone. */
export function plainText(markdown: string): string {
  const page = new DOMParser().parseFromString(html(markdown), 'text/html');
  return page.body.textContent.trim();
}
