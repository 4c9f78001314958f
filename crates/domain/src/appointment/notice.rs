//! Who has to be told of a call: whoever does not know what stands.
//!
//! There is no list of changes to be worked off. What somebody was told last is compared with what
//! stands, so that two changes in a row are one mail, a change that was taken back is none, and a
//! job that is done twice tells nobody twice.

use super::{Appointment, AppointmentState, Plan};

/// What a calendar is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Hold the call.
    Request,
    /// Hold it no more.
    Cancel,
}

impl NoticeKind {
    /// The name used in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Cancel => "cancel",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Request, Self::Cancel].into_iter().find(|it| it.as_str() == name)
    }
}

/// What somebody was told last of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Whether they were asked to come or told not to.
    pub kind: NoticeKind,
    /// The sequence of that.
    pub sequence: i64,
    /// What was agreed then.
    pub plan: Plan,
}

/// What somebody is to be told now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// That they are asked to a call.
    Invited,
    /// That the call they know of is not as it was.
    Changed {
        /// As they know it.
        from: Plan,
    },
    /// That the call is called off.
    CalledOff {
        /// As they know it.
        from: Plan,
    },
    /// That they are not asked to it any more; it takes place.
    LetGo {
        /// As they know it.
        from: Plan,
    },
}

impl Notice {
    /// What their calendar is asked to do.
    pub fn kind(&self) -> NoticeKind {
        match self {
            Self::Invited | Self::Changed { .. } => NoticeKind::Request,
            Self::CalledOff { .. } | Self::LetGo { .. } => NoticeKind::Cancel,
        }
    }
}

/// What somebody is to be told of a call that is not over; `None` if they know what stands.
/// `asked`: whether they are among those who are asked to it.
pub fn notice(call: &Appointment, asked: bool, known: Option<&Known>) -> Option<Notice> {
    let stands = call.state == AppointmentState::Standing;
    let known = known.filter(|it| it.kind == NoticeKind::Request);
    match (stands && asked, known) {
        (true, None) => Some(Notice::Invited),
        (true, Some(known)) if known.plan != call.plan => {
            Some(Notice::Changed { from: known.plan.clone() })
        }
        (true, Some(_)) | (false, None) => None,
        (false, Some(known)) => {
            let from = known.plan.clone();
            Some(if stands { Notice::LetGo { from } } else { Notice::CalledOff { from } })
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;

    fn plan(hour: i64) -> Plan {
        Plan {
            starts_at: Timestamp::from_second(hour * 3600).unwrap(),
            minutes: 60,
            call_url: None,
            recorded: false,
        }
    }

    fn call(hour: i64, state: AppointmentState, sequence: i64) -> Appointment {
        Appointment {
            id: "a".to_owned(),
            postmortem_id: "p".to_owned(),
            plan: plan(hour),
            state,
            sequence,
            created_by: "ada".to_owned(),
            created_at: Timestamp::UNIX_EPOCH,
            version: 1,
        }
    }

    fn known(kind: NoticeKind, hour: i64) -> Known {
        Known { kind, sequence: 0, plan: plan(hour) }
    }

    #[test]
    fn everybody_is_told_what_concerns_them() {
        use AppointmentState::{Cancelled, Standing};
        use NoticeKind::{Cancel, Request};
        let from = || plan(10);
        let cases = [
            (Standing, true, None, Some(Notice::Invited)),
            (Standing, true, Some(known(Cancel, 10)), Some(Notice::Invited)),
            (Standing, true, Some(known(Request, 12)), None),
            (Standing, true, Some(known(Request, 10)), Some(Notice::Changed { from: from() })),
            (Standing, false, Some(known(Request, 10)), Some(Notice::LetGo { from: from() })),
            (Standing, false, Some(known(Cancel, 10)), None),
            (Standing, false, None, None),
            (Cancelled, true, Some(known(Request, 10)), Some(Notice::CalledOff { from: from() })),
            (Cancelled, false, Some(known(Request, 10)), Some(Notice::CalledOff { from: from() })),
            (Cancelled, true, None, None),
        ];
        for (state, asked, known, expected) in cases {
            let told = notice(&call(12, state, 3), asked, known.as_ref());
            assert_eq!(told, expected, "{state:?}, asked: {asked}, {known:?}");
        }
    }

    /// What can happen to a call, and to somebody's place in it.
    #[derive(Clone, Debug)]
    enum Step {
        Move(i64),
        Ask,
        LetGo,
        CallOff,
        /// A run of the job that tells.
        Tell,
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            (9..12_i64).prop_map(Step::Move),
            Just(Step::Ask),
            Just(Step::LetGo),
            Just(Step::CallOff),
            Just(Step::Tell),
        ]
    }

    proptest! {
        /// However changes and runs of the job follow each other: whoever was told knows what
        /// stands, is told nothing twice, and gets no sequence that goes back.
        #[test]
        fn whoever_was_told_knows_what_stands(steps in prop::collection::vec(step(), 0..30)) {
            let mut it = call(10, AppointmentState::Standing, 0);
            let (mut asked, mut known) = (true, None::<Known>);
            for step in steps.into_iter().chain([Step::Tell, Step::Tell]) {
                let stands = it.state == AppointmentState::Standing;
                match step {
                    Step::Move(hour) if stands => {
                        it.plan = plan(hour);
                        it.sequence += 1;
                    }
                    Step::Ask | Step::LetGo if stands => {
                        asked = matches!(step, Step::Ask);
                        it.sequence += 1;
                    }
                    Step::CallOff if stands => {
                        it.state = AppointmentState::Cancelled;
                        it.sequence += 1;
                    }
                    Step::Tell => {
                        if let Some(told) = notice(&it, asked, known.as_ref()) {
                            prop_assert!(known.as_ref().is_none_or(|told| told.sequence < it.sequence));
                            let (kind, sequence) = (told.kind(), it.sequence);
                            known = Some(Known { kind, sequence, plan: it.plan.clone() });
                        }
                        prop_assert_eq!(notice(&it, asked, known.as_ref()), None);
                    }
                    _ => {}
                }
            }
            let expects = known.filter(|it| it.kind == NoticeKind::Request).map(|it| it.plan);
            let stands = asked && it.state == AppointmentState::Standing;
            prop_assert_eq!(expects, stands.then_some(it.plan));
        }
    }
}
