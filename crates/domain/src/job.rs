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
}

impl Job {
    /// The sort of work, as it is stored and shown.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Ticket { .. } => "ticket",
            Self::Remind { .. } => "remind",
            Self::Recording { .. } => "recording",
        }
    }

    /// What it is about: an id.
    pub fn subject(&self) -> &str {
        match self {
            Self::Ticket { id } => id,
            Self::Remind { person } => person,
            Self::Recording { postmortem } => postmortem,
        }
    }

    /// The job of that sort about that; `None` for a sort that is not known.
    pub fn of(kind: &str, subject: &str) -> Option<Self> {
        let id = subject.to_owned();
        match kind {
            "ticket" => Some(Self::Ticket { id }),
            "remind" => Some(Self::Remind { person: id }),
            "recording" => Some(Self::Recording { postmortem: id }),
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
            Job::Recording { postmortem: "r1".to_owned() },
        ] {
            assert_eq!(Job::of(job.kind(), job.subject()), Some(job));
        }
        assert_eq!(Job::of("unknown", "t1"), None);
    }
}
