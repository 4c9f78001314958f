//! Everything that is on disk: `SQLite` or `PostgreSQL` behind one interface with one set of
//! queries, and pictures as files.
//!
//! The only crate that knows SQL. Each module holds the queries about one noun.

mod actions;
mod announcements;
mod appointments;
mod blobs;
mod channels;
mod chase;
mod credentials;
mod database;
mod disciplines;
mod error;
mod events;
mod feedback;
mod handbooks;
mod home;
mod identities;
mod incidents;
mod input;
mod jobs;
mod library;
mod links;
mod meetings;
mod migrations;
mod pages;
mod parameters;
mod people;
mod pictures;
mod postmortems;
mod process;
mod projections;
mod publications;
mod recordings;
mod reminders;
mod review;
mod roster;
mod rows;
mod scheduling;
mod sources;
mod subscriptions;
mod teams;
mod tickets;
mod trackers;
mod updates;
mod wording;

pub use actions::{
    ActionFilter, ActionRow, ActionSort, ActionTimes, DueFilter, KeptFilter, OwnerFilter,
};
pub use announcements::Target;
pub use appointments::{Attendance, ToldOfCall};
pub use blobs::DiskBlobs;
pub use channels::Channel;
pub use chase::OpenAction;
pub use credentials::{Credential, CredentialKind, NewCredential};
pub use database::{Engine, Storage};
pub use disciplines::DisciplineLabel;
pub use error::StorageError;
pub use events::{
    Arrived, Counted, EventFilter, EventsAbout, Fired, HabitsWanted, NewDelivery,
    OccurrencesWanted, Payload,
};
pub use feedback::{Feedback, FeedbackRequest, Lesson, RequestState, TitledFeedback};
pub use handbooks::{HandbookVersion, NewHandbookVersion};
pub use home::{QuestionsWaiting, ScheduledCall};
pub use identities::Departed;
pub use incidents::StoredIncident;
pub use input::{InputRequest, InputState, InputWanted};
pub use jobs::{JobEnd, JobRow, TakenJob};
pub use library::{
    Answer, LibraryEntry, Question, Reach, RecurringPassage, Recurs, Wanted as LibraryWanted,
};
pub use meetings::{Note, StoredBallot, Survey, Voice};
pub use pages::{Page, PageRequest};
pub use people::{NewPerson, PersonChange};
pub use pictures::Picture;
pub use postmortems::PostmortemFilter;
pub use process::{HandbookProposal, HeldMeeting, Retrospective};
pub use projections::ProjectionRow;
pub use publications::{LibraryHit, Publication};
pub use recordings::{Append, Cue, Passage, ReaderWords, Recording, RecordingFiles};
pub use reminders::{ChatWebhook, OwnedAction, ReminderPreferences, ToldRow, Way};
pub use roster::{CallToShadow, Facilitator, HeldSeat, PreparationNotes, StepReached, StoredSeat};
pub use scheduling::{Availability, Calendar, CalendarRead, HourWish, Invitee, PastCall, WishKind};
pub use sources::{
    ClockCorrection, NewTrouble, Source, SourceAround, SourceChange, SourceHealth, Trouble,
    TroubleKind,
};
pub use subscriptions::Subscription;
pub use tickets::{LinkedTicket, StoredTicket, TicketState};
pub use trackers::{Tracker, TrackerChange};
pub use updates::{NewUpdate, Snapshot, StoredUpdate};
pub use wording::WordingState;
