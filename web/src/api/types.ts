/** The API's shapes by the names that the pages use. */
import type { components } from './schema.ts';

type Schemas = components['schemas'];

export type Session = Schemas['Session'];
export type Person = Schemas['Person'];
export type Role = Person['role'];
export type Discipline = Session['disciplines'][number];
export type SignIn = Schemas['SignInOptions'];
export type Postmortem = Schemas['Postmortem'];
export type PostmortemListed = Schemas['PostmortemListed'];
export type Stage = Postmortem['stage'];
export type IncidentTimes = Schemas['IncidentTimes'];
export type Reading = Schemas['TimeRead'];
export type TimeChoice = Schemas['TimeChoice'];
export type LibraryItem = Schemas['LibraryItem'];
export type Publication = Schemas['Document'];
export type Entry = Schemas['Entry'];
export type Token = Schemas['Token'];
export type ImportedEvents = Schemas['ImportedEvents'];
export type TablePreview = Schemas['TablePreview'];
export type Event = Schemas['Event'];
export type Source = Schemas['Source'];
export type SourceState = Schemas['SourceState'];
export type Vendor = Schemas['Vendor'];
export type Trouble = Schemas['Trouble'];
export type ClockCorrection = Schemas['ClockCorrection'];
export type Proposal = Schemas['Proposal'];
export type Proposals = Schemas['Proposals'];
export type EntryDraft = Schemas['EntryDraft'];
export type SourceFaring = Schemas['SourceFaring'];
export type LookBack = Schemas['LookBack'];
export type Finding = LookBack['answers'][number]['findings'][number];
