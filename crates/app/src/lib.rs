//! Afterword's use cases: one file an operation, each a method of [`App`].

mod access;
mod actions;
mod announcements;
mod answers;
mod app;
mod appointments;
mod chase;
mod clock;
mod demo;
mod disciplines;
mod documents;
mod error;
mod evidence;
mod feedback;
mod handbooks;
mod home;
mod input;
mod invitations;
mod jobs;
mod library;
mod links;
mod live;
mod meeting;
mod organisation;
mod passwords;
mod people;
mod pictures;
mod ports;
mod postmortems;
mod precondition;
mod process;
mod publications;
mod record;
mod recordings;
mod reminders;
mod reproject;
mod review;
mod roster;
mod scheduling;
mod secrets;
mod sign_in;
mod slugs;
mod tickets;
mod wording;

pub use access::Caller;
pub use actions::{
    ActionsWanted, DueWanted, FilterPatch, FilterToKeep, FiredAgain, ListedAction, OwnerWanted,
    Watch, WatchedAlert,
};
pub use announcements::{
    ChannelKind, ChannelPatch, ChannelToAdd, SubscriptionView, SubscriptionWishes,
};
pub use answers::{AnswerView, Answered};
pub use app::{App, Settings};
pub use appointments::{AppointmentList, AppointmentPatch, AppointmentView};
pub use chase::ToChase;
pub use clock::Clock;
pub use demo::{DEMO_PASSWORD, DEMO_PEOPLE, DemoPerson};
pub use documents::{Asked, ExportFormat, Exported, HowToImport, Imported, Skipped, Taken};
pub use error::AppError;
pub use evidence::{
    Arrival, Arrivals, ClockToCorrect, HookAnswer, HookError, ImportedEvents, LookBack,
    PreviewedRow, Proposals, ProposalsWanted, Reception, SourceFaring, SourcePatch, SourceToAdd,
    SourceView, TablePreview, TableToRead, Vendor, source_page, vendors,
};
pub use feedback::{
    AskedOfMe, FeedbackAnswerView, FeedbackList, FeedbackPatch, FeedbackToAnswer, FeedbackToGive,
    FeedbackView, Growth, LessonToKeep, LessonView, MeetingChapter, Received, RequestAnswer,
};
pub use handbooks::{HandbookChanges, HandbookToCopy};
pub use home::{HomeAction, HomeCall, HomePublished, HomeQuestions, HomeView, HomeWanted};
pub use input::{
    InputAnswer, InputAsk, InputAsked, InputDiscipline, InputLinkView, InputMine, InputToAsk,
    InputToGive, InputView,
};
pub use invitations::{CalendarAddresses, CalendarFeed, InvitationAnswer, InvitationView};
pub use jobs::JobView;
pub use library::{
    AnswerView as ReaderAnswerView, Around, Found, FoundPassage, LibraryQuery, LinkedPostmortem,
    Meant, PassageBehind, QuestionView, RecurringView, Similar,
};
pub use meeting::{
    BallotView, Input, MeetingView, NamedElsewhere, NoteToKeep, NoteView, PeopleHere, PersonHere,
    SurveyView,
};
pub use organisation::{
    ImportedOrganisation, OrganisationFile, OrganisationFormat, ServiceChange, ServiceToSave,
    TeamChange, TeamPatch, TeamToAdd, TeamView,
};
pub use people::{PersonPatch, PersonToAdd};
pub use pictures::MAX_PICTURE_BYTES;
pub use postmortems::{IncidentPatch, PostmortemPatch, PostmortemToOpen, PostmortemView};
pub use precondition::{Precondition, tag_of};
pub use process::{
    FiguresWanted, Idea, Ideas, ProcessFigures, ProposalDraft, ProposalPatch, ProposalToMake,
    ProposalView, RetrospectiveToClose, RetrospectiveView, RetrospectivesView,
};
pub use publications::{
    Beginning, Document, Feed, LibraryItem, PartChanges, PublishedPart, Reading, Since,
};
pub use record::{Guard, Moment, RecordView, TimeContext, TimeToRead, Written};
pub use recordings::{
    Chapter, MAX_TRANSCRIPT_BYTES, Passage, Played, RecordingFacts, RecordingMay, RecordingPatch,
    RecordingToAdd, RecordingView, StoredTranscript, TranscriptSkipped, UploadState, WrittenAt,
};
pub use reminders::{ChatWish, ReminderWishes, RemindersView};
pub use review::{InvitedPerson, OpenedBy, PostmortemPolicy, Tried};
pub use roster::{
    Ahead, Facilitating, FacilitatorMay, FacilitatorView, MySeat, NextStep, NotesToKeep, NotesView,
    Preparation, PrivateWordView, SeatMay, SeatView, SeatsMay, SeatsView, StepView, SuggestionView,
    ToShadow,
};
pub use scheduling::{
    AvailabilityView, AvailabilityWishes, CalendarView, CandidateView, CountryView, HourWishToSay,
    HourWishView, HoursView, InviteeView, InviteesView, LocalHourView, LocalTime, OfferView,
    ProposedInvitee, SessionView, WishName,
};
pub use secrets::new_id;
pub use sign_in::{
    FromProvider, NewSession, NewToken, ProviderRefused, ProviderSignIn, ToProvider,
};
pub use tickets::{
    TicketAsked, TicketConflict, TicketProgress, TicketVendor, TicketView, Tickets, TrackerPatch,
    TrackerToAdd, ticket_vendors,
};

pub use afterword_domain::role_groups::RoleGroups;
pub use afterword_integrations::evidence::Setting;
pub use afterword_integrations::mail::{MailError, Mailer};
pub use afterword_integrations::oidc::{Provider, ProviderError, ProviderSettings};
pub use afterword_record::edit::{
    ActionPatch, EntryPatch, Field, NewAction, NewEntry, NewNode, NewTheme, NodePatch, ThemePatch,
};
pub use afterword_record::history::{Change, FieldAuthors, Version};
pub use afterword_record::projection::{Deleted, Projection, Prose, Warning};
pub use afterword_record::{Edit, Part, ProseName};
pub use afterword_rooms::{Connection, FrameSender, MAX_FRAME_BYTES, Outgoing, close};
pub use afterword_storage::{
    ActionRow, ActionSort, Channel, ClockCorrection, Cue, DisciplineLabel, DiskBlobs, EventFilter,
    HandbookVersion, KeptFilter, Page, PageRequest, Payload, PostmortemFilter, Reach, Recurs,
    Source, SourceHealth, Storage, StorageError, Tracker, Trouble, TroubleKind,
};
