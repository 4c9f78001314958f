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
}

impl Job {
    /// The sort of work, as it is stored and shown.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Ticket { .. } => "ticket",
            Self::Remind { .. } => "remind",
            Self::Announce { .. } => "announce",
            Self::Digest { .. } => "digest",
        }
    }

    /// What it is about: an id.
    pub fn subject(&self) -> &str {
        match self {
            Self::Ticket { id } => id,
            Self::Remind { person } | Self::Digest { person } => person,
            Self::Announce { postmortem } => postmortem,
        }
    }

    /// The job of that sort about that; `None` for a sort that is not known.
    pub fn of(kind: &str, subject: &str) -> Option<Self> {
        let id = subject.to_owned();
        match kind {
            "ticket" => Some(Self::Ticket { id }),
            "remind" => Some(Self::Remind { person: id }),
            "announce" => Some(Self::Announce { postmortem: id }),
            "digest" => Some(Self::Digest { person: id }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_read_as_it_was_stored() {
        for job in [
            Job::Ticket { id: "t1".to_owned() },
            Job::Remind { person: "p1".to_owned() },
            Job::Announce { postmortem: "m1".to_owned() },
            Job::Digest { person: "p1".to_owned() },
        ] {
            assert_eq!(Job::of(job.kind(), job.subject()), Some(job));
        }
        assert_eq!(Job::of("unknown", "t1"), None);
    }
}
