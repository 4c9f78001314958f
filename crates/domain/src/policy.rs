//! Who may do what: every permission in one place.
//!
//! Each request names the [`Operation`] it performs; nothing else decides.

use crate::people::Role;
use crate::roster::Seat;

/// How somebody stands to the post-mortem in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Wrote in it, opened it or was asked to it.
    Participant,
    /// Neither, and the room is still open to everyone.
    Newcomer,
    /// Neither, and it is published: the publication is there to be read instead.
    Reader,
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Open a new post-mortem, by hand or by import.
    OpenPostmortem,
    /// See the list of post-mortems and the library.
    Browse,
    /// Read a post-mortem's record, its history and its pictures.
    ReadRecord,
    /// Write in a post-mortem's record.
    WriteRecord,
    /// Change the title, the incident's times, the stage; look for somebody who facilitates it.
    SteerPostmortem,
    /// Make the fixed version that the organisation reads, or take it back.
    Publish,
    /// Answer what readers ask below a published post-mortem, and say what belongs to it.
    AnswerReaders,
    /// Arrange the call about a post-mortem, move it and call it off.
    ArrangeCalls,
    /// See who has an account.
    ListPeople,
    /// Change one's own name, discipline, time zone, password and tokens.
    EditSelf,
    /// Create accounts; change other people's roles, addresses and passwords.
    ManagePeople,
    /// Change the organisation's list of disciplines.
    ManageOrganisation,
    /// Read events and the messages they came in.
    ReadEvents,
    /// Report events, also by importing them.
    ReportEvents,
    /// Set up sources of evidence, see how they fare, replay what they sent, correct their clocks.
    ManageSources,
    /// Open rooms, and lead any of them. Whoever was handed the lead leads that one besides.
    LeadMeetings,
    /// Read handbooks and their versions.
    ReadHandbooks,
    /// Change handbooks, copy and retire them.
    EditHandbooks,
    /// Have words checked, and read the list by which that is done.
    CheckWording,
    /// Change the organisation's list of wordings.
    EditWording,
    /// See which actions to ask about, and why.
    ChaseActions,
    /// Set up trackers that tickets are made in.
    ManageTrackers,
    /// See what waits to be done in the background, and have it tried again.
    ManageJobs,
    /// Tell other facilitators how they lead, and read what was told. Whoever led one meeting reads
    /// besides what is about them.
    GiveFeedback,
    /// See how the process fares, and decide what becomes of it.
    ImproveProcess,
    /// Set up the organisation's channels, in which publications are announced.
    ManageChannels,
    /// See who facilitates and who learns to. Everybody sees and changes what is their own.
    SeeRoster,
    /// Ask people for what they saw, by mail.
    AskForInput,
}

impl Operation {
    /// Every operation.
    pub const ALL: [Self; 28] = [
        Self::OpenPostmortem,
        Self::Browse,
        Self::ReadRecord,
        Self::WriteRecord,
        Self::SteerPostmortem,
        Self::Publish,
        Self::AnswerReaders,
        Self::ArrangeCalls,
        Self::ListPeople,
        Self::EditSelf,
        Self::ManagePeople,
        Self::ManageOrganisation,
        Self::ReadEvents,
        Self::ReportEvents,
        Self::ManageSources,
        Self::LeadMeetings,
        Self::ReadHandbooks,
        Self::EditHandbooks,
        Self::CheckWording,
        Self::EditWording,
        Self::ChaseActions,
        Self::ManageTrackers,
        Self::ManageJobs,
        Self::GiveFeedback,
        Self::ImproveProcess,
        Self::ManageChannels,
        Self::SeeRoster,
        Self::AskForInput,
    ];
}

/// Whether somebody of this role and standing may do it.
///
/// `standing` matters only for what is done to one post-mortem.
pub fn may(role: Role, standing: Standing, operation: Operation) -> bool {
    let leads = matches!(role, Role::Facilitator | Role::Admin);
    match operation {
        Operation::OpenPostmortem
        | Operation::Browse
        | Operation::ListPeople
        | Operation::EditSelf
        | Operation::ReadEvents
        | Operation::ReportEvents
        | Operation::ReadHandbooks
        | Operation::CheckWording => true,
        Operation::LeadMeetings
        | Operation::EditHandbooks
        | Operation::EditWording
        | Operation::ChaseActions
        | Operation::GiveFeedback
        | Operation::ImproveProcess
        | Operation::SeeRoster => leads,
        Operation::ReadRecord | Operation::WriteRecord | Operation::SteerPostmortem => {
            leads || standing != Standing::Reader
        }
        Operation::Publish
        | Operation::AnswerReaders
        | Operation::ArrangeCalls
        | Operation::AskForInput => leads || standing == Standing::Participant,
        Operation::ManagePeople
        | Operation::ManageOrganisation
        | Operation::ManageSources
        | Operation::ManageTrackers
        | Operation::ManageJobs
        | Operation::ManageChannels => role == Role::Admin,
    }
}

/// Whether somebody may watch a post-mortem's recording and read its transcript: those of the room
/// always, readers of the publication where it is open to them.
pub fn may_watch(role: Role, standing: Standing, open_to_readers: bool) -> bool {
    may(role, standing, Operation::ReadRecord)
        || (open_to_readers && may(role, standing, Operation::Browse))
}

/// Whether somebody may see how the meeting of one post-mortem is prepared: whoever sits there to lead
/// it, and whoever leads it now and may lead meetings. No role alone opens it.
pub fn may_prepare(role: Role, seat: Option<Seat>, leads_now: bool) -> bool {
    // Who leads now stands in the record, which anybody in the room could write over the wire.
    seat.is_some_and(Seat::leads)
        || (leads_now && may(role, Standing::Newcomer, Operation::LeadMeetings))
}

#[cfg(test)]
mod tests {
    use super::Operation as O;
    use super::Role::{Admin, Facilitator, Member};
    use super::Standing::{Newcomer, Participant, Reader};
    use super::*;

    /// The whole policy written out a second time, as a table for people.
    fn expected(operation: O) -> [[bool; 3]; 3] {
        let everyone = [[true; 3]; 3];
        let admin_only = [[false; 3], [false; 3], [true; 3]];
        // Rows: member, facilitator, admin. Columns: participant, newcomer, reader.
        match operation {
            O::OpenPostmortem
            | O::Browse
            | O::ListPeople
            | O::EditSelf
            | O::ReadEvents
            | O::ReportEvents
            | O::ReadHandbooks
            | O::CheckWording => everyone,
            O::LeadMeetings
            | O::EditHandbooks
            | O::EditWording
            | O::ChaseActions
            | O::GiveFeedback
            | O::ImproveProcess
            | O::SeeRoster => [[false; 3], [true; 3], [true; 3]],
            O::ReadRecord | O::WriteRecord | O::SteerPostmortem => {
                [[true, true, false], [true; 3], [true; 3]]
            }
            O::Publish | O::AnswerReaders | O::ArrangeCalls | O::AskForInput => {
                [[true, false, false], [true; 3], [true; 3]]
            }
            O::ManagePeople
            | O::ManageOrganisation
            | O::ManageSources
            | O::ManageTrackers
            | O::ManageJobs
            | O::ManageChannels => admin_only,
        }
    }

    #[test]
    fn every_role_standing_and_operation() {
        for operation in Operation::ALL {
            for (row, role) in [Member, Facilitator, Admin].into_iter().enumerate() {
                for (column, standing) in [Participant, Newcomer, Reader].into_iter().enumerate() {
                    assert_eq!(
                        may(role, standing, operation),
                        expected(operation)[row][column],
                        "{role} as {standing:?}: {operation:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn only_who_leads_a_meeting_sees_how_it_is_prepared() {
        for role in [Member, Facilitator, Admin] {
            for (seat, sits_to_lead) in [
                (None, false),
                (Some(Seat::Facilitator), true),
                (Some(Seat::CoFacilitator), true),
                (Some(Seat::NoteTaker), false),
                (Some(Seat::Shadow), false),
            ] {
                assert_eq!(may_prepare(role, seat, false), sits_to_lead, "{role}, {seat:?}");
                let leads = sits_to_lead || role != Member;
                assert_eq!(may_prepare(role, seat, true), leads, "{role} leads, {seat:?}");
            }
        }
    }

    #[test]
    fn recordings_reach_readers_only_where_they_are_open() {
        for role in [Member, Facilitator, Admin] {
            for standing in [Participant, Newcomer, Reader] {
                assert!(may_watch(role, standing, true), "{role} as {standing:?}");
                let closed_to = role == Member && standing == Reader;
                assert_eq!(may_watch(role, standing, false), !closed_to, "{role}, {standing:?}");
            }
        }
    }
}
