import { describe, expect, it } from 'vitest';
import { match, returnTo } from './routes.ts';

const ID = '0198c5a2-6b1e-7c3a-9d55-0f2f7a1b2c3d';

describe('match', () => {
  it.each([
    ['/', { page: 'home' }],
    ['/sign-in', { page: 'sign-in' }],
    ['/sign-in/link', { page: 'sign-in-link' }],
    ['/postmortems/new', { page: 'new' }],
    [`/postmortems/${ID}`, { page: 'room', id: ID }],
    [`/postmortems/${ID}/`, { page: 'room', id: ID }],
    [`/postmortems/${ID}/recording`, { page: 'recording', id: ID }],
    ['/library/', { page: 'library' }],
    ['/library/recurring', { page: 'recurring' }],
    [`/library/${ID}`, { page: 'published', id: ID }],
    ['/actions', { page: 'actions' }],
    ['/people', { page: 'people' }],
    ['/me', { page: 'me' }],
    ['/sources', { page: 'sources' }],
    ['/wording', { page: 'wording' }],
    ['/answer', { page: 'answer' }],
    ['/reminders/off', { page: 'reminders-off' }],
    ['/chase', { page: 'chase' }],
    ['/docs/sources/slack-export', { page: 'source-page', name: 'slack-export' }],
    [`/events/${ID}`, { page: 'event', id: ID }],
    ['/handbooks', { page: 'handbooks' }],
    ['/handbooks/60-minutes/', { page: 'handbook', id: '60-minutes' }],
    ['/handbooks/light/edit', { page: 'handbook-edit', id: 'light' }],
    ['/handbooks/light/versions', { page: 'handbook-versions', id: 'light' }],
    ['/handbooks/light/else', { page: 'not-found' }],
    ['/growth', { page: 'growth' }],
    ['/process', { page: 'process' }],
    ['/process/retrospective', { page: 'retrospective' }],
    [`/postmortems/${ID}/projector`, { page: 'projector', id: ID }],
    [`/postmortems/${ID}/feedback`, { page: 'feedback', id: ID }],
    [`/postmortems/${ID}/schedule`, { page: 'schedule', id: ID }],
    [`/postmortems/${ID}/else`, { page: 'not-found' }],
    ['/first-time', { page: 'primer' }],
    ['/glossary', { page: 'glossary' }],
    ['/postmortems', { page: 'not-found' }],
    ['/postmortems/1', { page: 'not-found' }],
    [`/library/${ID}/more`, { page: 'not-found' }],
    ['/constructor', { page: 'not-found' }],
  ])('%s', (path, route) => {
    expect(match(path)).toEqual(route);
  });
});

describe('returnTo', () => {
  const to = (address: string) => returnTo(new URLSearchParams({ to: address }));

  it('leads back to where somebody came from', () => {
    expect(to('/library?q=queue')).toBe('/library?q=queue');
  });

  it.each(['https://elsewhere.example', '//elsewhere.example', '/\\elsewhere.example', 'x', ''])(
    'never leads to another site: %s',
    (address) => {
      expect(to(address)).toBe('/');
    },
  );
});
