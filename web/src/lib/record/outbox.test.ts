import { describe, expect, it } from 'vitest';
import { Outbox } from './outbox.ts';

describe('the outbox', () => {
  it('counts a burst of letters as one edit, and a new one after a pause', () => {
    const outbox = new Outbox();
    for (const time of [0, 200, 900]) outbox.wrote(time);
    expect(outbox.unsaved).toBe(1);
    outbox.wrote(5000);
    expect(outbox.unsaved).toBe(2);
  });

  it('drops only what the acknowledged frames carried', () => {
    const outbox = new Outbox();
    outbox.wrote(0);
    outbox.sent();
    outbox.wrote(5000);
    outbox.sent();
    outbox.saved(1);
    expect(outbox.unsaved).toBe(1);
    expect(outbox.settled).toBe(false);
    outbox.saved(2);
    expect(outbox.unsaved).toBe(0);
    expect(outbox.settled).toBe(true);
  });

  it('keeps an edit that went on after its first frame was sent', () => {
    const outbox = new Outbox();
    outbox.wrote(0);
    outbox.sent();
    outbox.wrote(300);
    outbox.saved(1);
    expect(outbox.unsaved).toBe(1);
    outbox.sent();
    outbox.saved(2);
    expect(outbox.unsaved).toBe(0);
  });

  it('knows nothing of a new connection until its first frame is saved', () => {
    const outbox = new Outbox();
    outbox.wrote(0);
    outbox.sent();
    outbox.cut();
    outbox.saved(1);
    expect(outbox.unsaved).toBe(1);
    expect(outbox.settled).toBe(false);
    outbox.sent();
    outbox.saved(1);
    expect(outbox.settled).toBe(true);
  });

  it('tells earlier edits from those of this visit', () => {
    const outbox = new Outbox();
    outbox.wrote(0);
    outbox.restore(3);
    expect([outbox.unsaved, outbox.earlier]).toEqual([4, 3]);
    outbox.wrote(100);
    expect(outbox.unsaved).toBe(4);
  });
});
