/** Short messages that appear at the foot of the page and are read out. */

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'problem' | 'offer';
  action?: { label: string; run: () => void };
}

/** A problem stays until it is put away, an offer until it is taken; the rest leave by themselves. */
const STAYS = 6000;

class Toasts {
  all = $state<Toast[]>([]);
  #next = 0;

  say(text: string, action?: Toast['action']) {
    const id = this.#add({ text, tone: 'plain', ...(action && { action }) });
    setTimeout(() => this.dismiss(id), STAYS);
  }

  offer(text: string, action: NonNullable<Toast['action']>) {
    this.#add({ text, tone: 'offer', action });
  }

  problem(text: string) {
    this.#add({ text, tone: 'problem' });
  }

  dismiss(id: number) {
    this.all = this.all.filter((toast) => toast.id !== id);
  }

  #add(toast: Omit<Toast, 'id'>): number {
    const id = this.#next++;
    this.all = [...this.all, { id, ...toast }];
    return id;
  }
}

export const toasts = new Toasts();
