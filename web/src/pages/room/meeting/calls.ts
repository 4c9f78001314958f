/** The calls of the meeting. */
import { answer, api } from '#api/client.ts';
import type { components } from '#api/schema.ts';

type Schemas = components['schemas'];

export type Command = Schemas['Command'];
export type MeetingView = Schemas['MeetingView'];
export type PeopleHere = Schemas['PeopleHere'];
export type BallotView = Schemas['BallotView'];
export type Votes = Schemas['VotesToCast']['votes'];
export type Tally = NonNullable<BallotView['tally']>[string];
export type SurveyView = Schemas['SurveyView'];
export type Answers = Schemas['Answers'];
export type Handbook = Schemas['Handbook'];
export type Step = Handbook['steps'][number];
export type Check = Step['checks'][number];
export type HandbookListed = Schemas['HandbookListed'];

const at = (id: string) => ({ path: { id } });

export const calls = {
  ask: (id: string, body: Command) =>
    answer(api.POST('/postmortems/{id}/meeting', { params: at(id), body })),
  meeting: (id: string) => answer(api.GET('/postmortems/{id}/meeting', { params: at(id) })),
  people: (id: string) => answer(api.GET('/postmortems/{id}/meeting/people', { params: at(id) })),
  handbooks: () => answer(api.GET('/handbooks')),
  handbook: (id: string, version: number, signal: AbortSignal) =>
    answer(
      api.GET('/handbooks/{id}/versions/{version}', {
        params: { path: { id, version } },
        signal,
      }),
    ),
  ballots: (id: string) => answer(api.GET('/postmortems/{id}/ballots', { params: at(id) })),
  vote: (id: string, ballot: string, votes: Votes) =>
    api.PUT('/postmortems/{id}/ballots/{ballot}/votes', {
      params: { path: { id, ballot } },
      body: { votes },
    }),
  notes: (id: string) => answer(api.GET('/postmortems/{id}/notes', { params: at(id) })),
  keepNote: (id: string, note: string, text: string, anonymous: boolean) =>
    api.PUT('/postmortems/{id}/notes/{note}', {
      params: { path: { id, note } },
      body: { text, anonymous },
    }),
  sayWithoutAName: (id: string, text: string) =>
    api.POST('/postmortems/{id}/anonymous-input', { params: at(id), body: { text } }),
  survey: (id: string) => answer(api.GET('/postmortems/{id}/survey', { params: at(id) })),
  answerSurvey: (id: string, body: Answers) =>
    api.POST('/postmortems/{id}/survey', { params: at(id), body }),
};
