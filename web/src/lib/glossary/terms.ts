import type { TermName } from '#api/types.ts';

/** A term, explained so that nobody has to ask. */
export interface Explained {
  name: string;
  /** One or two sentences, which stand where the term is met. */
  short: string;
  /** What it means in a post-mortem, for the glossary's own page. */
  more?: string;
}

/** The four sorts of case, and how each is met. */
export const CYNEFIN = [
  {
    name: 'obvious',
    link: 'Everybody sees what leads to what.',
    response: ['Sense', 'categorise', 'respond'],
    example: 'A certificate ran out. There is a known way to renew it.',
  },
  {
    name: 'complicated',
    link: 'Somebody who knows the field can find out what leads to what.',
    response: ['Sense', 'analyse', 'respond'],
    example: 'A query became slow. Whoever knows the database finds the missing index.',
  },
  {
    name: 'complex',
    link: 'What led to what is plain only afterwards, and not quite the same the next time.',
    response: ['Probe', 'sense', 'respond'],
    example:
      'Retries, a cache and a release met on a Monday. Nobody could have read that off a page.',
  },
  {
    name: 'chaotic',
    link: 'Nothing can be made out yet.',
    response: ['Act', 'sense', 'respond'],
    example: 'Everything is down. First something that helps, whatever it is; then look.',
  },
] as const satisfies readonly { name: TermName; [key: string]: unknown }[];

export const GROUPS: readonly { title: string; intro: string; names: readonly TermName[] }[] = [
  {
    title: 'What sort of case is it?',
    intro:
      'How one responds well depends on how cause and effect are linked. It is worth a minute when a post-mortem opens, since a room that treats a complex case as an obvious one finds a culprit and stops.',
    names: ['cynefin', 'obvious', 'complicated', 'complex', 'chaotic'],
  },
  {
    title: 'What people can do in a system that surprises them',
    intro:
      'Software that many people change is a complex system. The question is seldom what somebody did wrong; it is what kept people from trying safely, from seeing, and from acting on what they saw.',
    names: ['probing', 'sensing', 'responding', 'mental-model', 'local-rationality'],
  },
  {
    title: 'How we talk about it',
    intro: 'Some ways to speak close a question, and others open it.',
    names: [
      'hindsight',
      'counterfactual',
      'normative-language',
      'five-whys',
      'infinite-hows',
      'contributing-factor',
    ],
  },
  {
    title: 'What the room makes',
    intro: 'The parts of a post-mortem, in the order in which they come about.',
    names: [
      'objective-record',
      'precursor',
      'look-back',
      'turning-point',
      'finding',
      'theme',
      'near-miss',
    ],
  },
  {
    title: 'How the room works',
    intro: 'Who does what, and the habits that let everybody be heard.',
    names: [
      'facilitator',
      'scribe',
      'silent-writing',
      'parking-lot',
      'saturation',
      'off-the-record',
      'hand-over',
      'stabilised',
    ],
  },
];

/** Every term that the API knows: a new one there does not build here until it is explained. */
export const GLOSSARY: Readonly<Record<TermName, Explained>> = {
  cynefin: {
    name: 'Cynefin',
    short:
      'A way to tell cases apart by how cause and effect are linked: obvious, complicated, complex or chaotic. Each is met differently.',
    more: 'It is Welsh, said “kuh-NEV-in”, and means a place where one belongs. The idea is that no one way to respond is right for everything: a recipe that serves an obvious case does harm in a complex one.',
  },
  obvious: {
    name: 'Obvious',
    short:
      'Everybody sees what leads to what. Sense, categorise, respond: look, recognise it, do the known thing.',
    more: 'A light handbook is enough, unless it keeps coming back. What repeats is seldom obvious.',
  },
  complicated: {
    name: 'Complicated',
    short:
      'What leads to what can be found out by somebody who knows the field. Sense, analyse, respond.',
    more: 'Ask whoever knows, and listen to more than one of them. A light handbook often does.',
  },
  complex: {
    name: 'Complex',
    short:
      'What led to what is plain only afterwards, because many parts act on one another. Probe, sense, respond: try something small, see what happens, go on from there.',
    more: 'Most outages of software that people work on every day are of this sort. There is no single cause to be found, and the question becomes: what made it hard to try, and hard to see?',
  },
  chaotic: {
    name: 'Chaotic',
    short:
      'Nothing can be made out yet. Act, sense, respond: do something that steadies it, then look.',
    more: 'This is for the response, not for the post-mortem: by the time you meet, it should be one of the others. What people did in the chaos made sense in the chaos.',
  },
  probing: {
    name: 'Probing',
    short:
      'Trying something small and safe to find out how a system behaves: a canary, a test, a feature flag, a question.',
    more: 'Ask what kept people from it. Was there no way to try it small? Did it look too routine for that? Was there no way back?',
  },
  sensing: {
    name: 'Sensing',
    short: 'Seeing what is going on: alerts, graphs, logs, customers’ words, a colleague’s unease.',
    more: 'When sensing was hard, it helps to tell how. The signal was absent; or there and unseen; or seen and misread; or seen, and there was nothing that one could do with it. Each asks for another change.',
  },
  responding: {
    name: 'Responding',
    short: 'Acting on what was seen: deciding, calling people, rolling back, telling customers.',
    more: 'Ask what made it slow or hard: access that was missing, nobody sure whose call it was, a step that took an hour.',
  },
  'mental-model': {
    name: 'Mental model',
    short:
      'The picture of the system that somebody carries in their head and works by. Everybody’s is a little different, and nobody’s is complete.',
    more: 'That is why what people believed belongs into the record. When a belief and an observation stand side by side and differ, the room has found something to learn.',
  },
  'local-rationality': {
    name: 'Local rationality',
    short:
      'What people did made sense to them, with what they knew at that minute, what they could see and what was asked of them.',
    more: 'It is not kindness, it is a method. If an action still looks foolish, we have not yet found out what it looked like from inside.',
  },
  hindsight: {
    name: 'Hindsight',
    short:
      'Seeing a moment by the light of what came later. It makes signals stand out that were one among hundreds, and choices look plain that were not.',
    more: 'The remedy is to cover the end: it is 18:43, and you know nothing of what follows. What is on your screen?',
  },
  counterfactual: {
    name: 'Counterfactual',
    short:
      '“They should have”, “if only”: talk of a world that did not happen. It tells what we wish, not how things came about.',
    more: 'Ask about the world that did: what did you see, what did you make of it, and how did it look reasonable?',
  },
  'normative-language': {
    name: 'Normative language',
    short:
      'Words that measure people against a norm: careless, too late, inadequate. They judge before they describe.',
    more: 'Ask what was there and what was needed: “forty minutes passed; what filled them?” says more than “too late”.',
  },
  'five-whys': {
    name: 'Five whys',
    short:
      'Asking why to each answer, about five times, until something is found that can be changed.',
    more: 'It is quick, and it draws one line through a tree. So every question here may have several answers, and beside each why a how is offered.',
  },
  'infinite-hows': {
    name: 'Infinite hows',
    short:
      'Asking how and what instead of why, as long as it teaches. “Why” soon leads to “who”; “how” leads to the conditions.',
    more: '“Why did you restart it?” asks for a defence. “How did restarting it come to look right?” asks for a story.',
  },
  'contributing-factor': {
    name: 'Contributing factor',
    short:
      'One of several things that had to be so for this to happen. None of them is the cause: take one away, and it would have gone otherwise.',
    more: 'Most factors were there for months and did no harm. What interests us is how they met.',
  },
  'objective-record': {
    name: 'Objective record',
    short:
      'What each person and each tool saw, did, said and believed, in the order of time, in UTC, with links to show it.',
    more: 'Objective does not mean that there is one truth. Where two people saw it differently, both stand there, side by side.',
  },
  precursor: {
    name: 'Precursor',
    short:
      'Something that was already odd a day, a week or a month before: the same alert, a ticket, a small outage that passed.',
    more: 'It stands out only now. The question is how it looked then, and among what.',
  },
  'look-back': {
    name: 'Look-back',
    short:
      'Reading the evidence from before the incident: had this alert fired a day earlier? A week? What had changed?',
    more: 'The room does it together before it leaves the record, because everybody knows of something else.',
  },
  'turning-point': {
    name: 'Turning point',
    short:
      'A moment after which things went another way: a surprise, a decision, a hand-over, a belief that gave way.',
    more: 'Three to five are enough for a meeting. Good ones lie where two accounts differ, where it was silent for long, or where somebody says “obviously”.',
  },
  finding: {
    name: 'Finding',
    short:
      'What made probing, sensing or responding hard, and in which system: “the alert was there, small, under a larger one”.',
    more: 'A finding describes a condition, never a person. Somebody else in the same seat would have met it, too.',
  },
  theme: {
    name: 'Theme',
    short:
      'One of the two or three things that become apparent when the findings lie side by side: what stands behind several of them.',
    more: 'A good theme is a whole sentence. “It is hard to see which alert matters” can be worked on; “alerting” cannot.',
  },
  'near-miss': {
    name: 'Near-miss',
    short:
      'Something that could have become an incident and did not. It is the cheapest lesson there is.',
    more: 'Ask as much about what held as about what gave way, and thank whoever told.',
  },
  facilitator: {
    name: 'Facilitator',
    short:
      'Whoever leads the room through the handbook, asks, and sees to it that everybody is heard and nobody is scared. They take no side.',
    more: 'Never somebody who was involved, nor their manager. One does not have to be an engineer: people who ask simple questions do well.',
  },
  scribe: {
    name: 'Scribe',
    short:
      'Whoever writes down what is said while the room talks, so that those who speak need not type.',
  },
  'silent-writing': {
    name: 'Silent writing',
    short:
      'A few minutes in which everybody writes and nobody speaks, so that the quiet ones are heard too.',
    more: 'It may be done without a name: then it is stored nowhere who wrote it.',
  },
  'parking-lot': {
    name: 'Parking lot',
    short:
      'Where ideas for fixes wait until the actions step, so that the room can understand before it repairs.',
    more: 'Nothing that is parked gets lost: every idea is looked at before the meeting ends.',
  },
  saturation: {
    name: 'Saturation',
    short: 'Nothing new comes up any more. It is time to look at what belongs together.',
    more: 'The room shows how long ago the last new idea came. It is a cue, and no clock to beat.',
  },
  'off-the-record': {
    name: 'Off the record',
    short:
      'Said in the room and kept nowhere: neither in the record nor in the recording. Anybody may ask for it, without a reason.',
  },
  'hand-over': {
    name: 'Hand-over',
    short:
      'When work passes from one person, shift or team to the next. What was known on one side often does not arrive on the other.',
  },
  stabilised: {
    name: 'Stabilised',
    short:
      'Production works again for those who use it, perhaps with a makeshift. From then on one may analyse; before, one repairs.',
  },
};
