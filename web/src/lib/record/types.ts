/** The record's parts as the browser reads them; what each key means is in docs/record-format.md. */

export const PARTS = ['timeline', 'analysis', 'themes', 'actions'] as const;
export type Part = (typeof PARTS)[number];

export const PROSE = ['summary', 'background', 'learned'] as const;
export type ProseName = (typeof PROSE)[number];

export const PRECISIONS = ['exact', 'approximate', 'range', 'unknown'] as const;
export type Precision = (typeof PRECISIONS)[number];

export const KINDS = [
  'observed',
  'did',
  'said',
  'believed',
  'alert',
  'change',
  'ticket',
  'note',
] as const;
export type Kind = (typeof KINDS)[number];

export const NODE_KINDS = ['question', 'answer', 'finding', 'moment'] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

export const TAGS = ['probing', 'sensing', 'responding'] as const;
export type Tag = (typeof TAGS)[number];

export const SIGNALS = ['absent', 'unseen', 'misread', 'not_actionable'] as const;
export type Signal = (typeof SIGNALS)[number];

export const ACTION_STATES = ['open', 'doing', 'done', 'declined', 'parked'] as const;
export type ActionState = (typeof ACTION_STATES)[number];

export interface Item {
  readonly id: string;
  readonly order: number;
  readonly deleted: boolean;
  readonly withheld: boolean;
}

export interface Evidence {
  readonly url: string;
  readonly title?: string;
  /** The id of the event that it is, where it is one of our own evidence. */
  readonly event?: string;
}

/** When something happened; the four values always agree with one another. */
export interface Moment {
  readonly at: string | null;
  readonly until: string | null;
  readonly precision: Precision;
}

export interface Entry extends Item, Moment {
  readonly typed: string | null;
  readonly question: string | null;
  readonly kind: Kind;
  readonly lane: string;
  readonly who: string | null;
  readonly text: readonly RichNode[];
  readonly evidence: readonly Evidence[];
  readonly beside: string | null;
  /** Given as input, and not taken by the room yet. */
  readonly proposed: boolean;
  /** The question that it answers. */
  readonly asked: string | null;
}

export interface AnalysisNode extends Item {
  readonly kind: NodeKind;
  readonly parent: string | null;
  /** Further nodes below which it stands too, as the record says it: the outline knows which count. */
  readonly also: readonly string[];
  readonly text: string;
  readonly entries: readonly string[];
  readonly tag: Tag | null;
  readonly system: string | null;
  readonly signal: Signal | null;
  readonly neededBy: string | null;
  readonly needed: string | null;
  readonly wasAt: string | null;
}

export interface Theme extends Item {
  readonly title: string;
  readonly text: string;
  readonly nodes: readonly string[];
  /** A cluster that was not chosen. */
  readonly candidate: boolean;
  readonly reason: string;
}

/** Where an action's ticket is, in the team's tracker. */
export interface TicketLink {
  readonly url: string;
  /** What people call it. */
  readonly name: string;
}

export interface Action extends Item {
  readonly title: string;
  readonly doneWhen: string;
  readonly owner: string | null;
  readonly due: string | null;
  readonly state: ActionState;
  readonly reason: string;
  readonly theme: string | null;
  readonly ticket: TicketLink | null;
  /** It is about how post-mortems are run, and not about the systems. */
  readonly process: boolean;
}

export interface Items {
  timeline: Entry;
  analysis: AnalysisNode;
  themes: Theme;
  actions: Action;
}

export type Attributes = Readonly<Record<string, unknown>>;

export interface RichMark {
  readonly type: string;
  readonly attrs: Attributes;
}

export interface RichText {
  readonly type: 'text';
  readonly text: string;
  readonly marks: readonly RichMark[];
}

export interface RichElement {
  readonly type: string;
  readonly attrs: Attributes;
  readonly content: readonly RichNode[];
}

export type RichNode = RichText | RichElement;
