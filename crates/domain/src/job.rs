//! Work that is done later: asked for in the transaction of the change that needs it.

/// What is to be done. Two askings of the same job that wait are one: it is done once for both.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Job {
    /// Bring an action and its ticket into agreement; make the ticket if there is none yet.
    Ticket {
        /// The ticket's id.
        id: String,
    },
    /// Tell somebody of their actions, when they want to be told.
    Remind {
        /// The person's id.
        person: String,
    },
    /// Cut what is off the record from a recording, and make it one that can be played from any
    /// moment.
    Recording {
        /// The post-mortem's id.
        postmortem: String,
    },
    /// Tell of a publication whoever wants to hear of it at once.
    Announce {
        /// The post-mortem's id.
        postmortem: String,
    },
    /// Tell somebody once a week of what was published, when they want to be told.
    Digest {
        /// The person's id.
        person: String,
    },
    /// Ask other facilitators for feedback on a meeting that ended, until enough are asked.
    AskForFeedback {
        /// The post-mortem's id.
        postmortem: String,
    },
    /// See what the policies say of a paging tool's incident, and keep its post-mortem's times.
    Incident {
        /// The incident's id.
        id: String,
    },
    /// Tell a facilitator of what they were asked for, in one message.
    TellOfRequests {
        /// The person's id.
        person: String,
    },
    /// Tell whoever does not know how a call stands.
    Invite {
        /// The appointment's id.
        appointment: String,
    },
}

impl Job {
    /// The sort of work, as it is stored and shown.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Ticket { .. } => "ticket",
            Self::Incident { .. } => "incident",
            Self::Remind { .. } => "remind",
            Self::Recording { .. } => "recording",
            Self::AskForFeedback { .. } => "ask_for_feedback",
            Self::TellOfRequests { .. } => "tell_of_requests",
            Self::Announce { .. } => "announce",
            Self::Digest { .. } => "digest",
            Self::Invite { .. } => "invite",
        }
    }

    /// What it is about: an id.
    pub fn subject(&self) -> &str {
        match self {
            Self::Ticket { id } | Self::Incident { id } => id,
            Self::Remind { person } | Self::Digest { person } | Self::TellOfRequests { person } => {
                person
            }
            Self::Recording { postmortem }
            | Self::Announce { postmortem }
            | Self::AskForFeedback { postmortem } => postmortem,
            Self::Invite { appointment } => appointment,
        }
    }

    /// The job of that sort about that; `None` for a sort that is not known.
    pub fn of(kind: &str, subject: &str) -> Option<Self> {
        let id = subject.to_owned();
        match kind {
            "ticket" => Some(Self::Ticket { id }),
            "incident" => Some(Self::Incident { id }),
            "remind" => Some(Self::Remind { person: id }),
            "recording" => Some(Self::Recording { postmortem: id }),
            "ask_for_feedback" => Some(Self::AskForFeedback { postmortem: id }),
            "tell_of_requests" => Some(Self::TellOfRequests { person: id }),
            "announce" => Some(Self::Announce { postmortem: id }),
            "digest" => Some(Self::Digest { person: id }),
            "invite" => Some(Self::Invite { appointment: id }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_read_as_it_was_stored() {
        let id = || "1".to_owned();
        for job in [
            Job::Ticket { id: id() },
            Job::Incident { id: id() },
            Job::Remind { person: id() },
            Job::Recording { postmortem: id() },
            Job::Announce { postmortem: id() },
            Job::Digest { person: id() },
            Job::AskForFeedback { postmortem: id() },
            Job::TellOfRequests { person: id() },
            Job::Invite { appointment: id() },
        ] {
            assert_eq!(Job::of(job.kind(), job.subject()), Some(job));
        }
        assert_eq!(Job::of("unknown", "t1"), None);
    }
}
