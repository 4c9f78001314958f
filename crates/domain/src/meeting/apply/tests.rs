use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::handbook::{Check, Part, Step};
use crate::meeting::{BallotKind, Case};

fn at(minute: i64) -> Timestamp {
    let start: Timestamp = "2026-03-02T18:00:00Z".parse().unwrap();
    start + SignedDuration::from_mins(minute)
}

fn handbook() -> Handbook {
    let step = |id: &str, part, minutes| Step {
        id: id.to_owned(),
        part,
        title: id.to_owned(),
        purpose: String::new(),
        minutes,
        say: Vec::new(),
        prompts: Vec::new(),
        checks: vec![Check { id: "ready".to_owned(), text: String::new(), watch: None }],
        signs: Vec::new(),
    };
    Handbook {
        name: "Short".to_owned(),
        when: String::new(),
        before: Vec::new(),
        steps: vec![
            step("welcome", Part::Open, 5),
            step("record", Part::Record, 20),
            step("close", Part::Close, 5),
        ],
        prompts: Vec::new(),
        signs: Vec::new(),
        after: Vec::new(),
    }
}

/// Somebody asks at a minute; three people are here.
#[expect(clippy::needless_pass_by_value, reason = "each command is made where it is asked")]
fn ask(meeting: &Meeting, minute: i64, by: &str, command: Command) -> Result<Meeting, Refusal> {
    let handbook = handbook();
    let around = Situation {
        now: at(minute),
        by,
        here: 3,
        handbook: Some(("short", 4, &handbook)),
        new_id: "new",
    };
    meeting.after(&command, &around)
}

fn opened() -> Meeting {
    let open = Command::Open { handbook: "short".to_owned() };
    ask(&Meeting::default(), 0, "ana", open).unwrap()
}

fn go(step: &str) -> Command {
    Command::Go { step: step.to_owned() }
}

#[test]
fn whoever_opens_leads_through_the_first_step() {
    let meeting = opened();
    assert_eq!(meeting.handbook, Some(Followed { id: "short".to_owned(), version: 4 }));
    assert!(meeting.is_open() && meeting.is_led_by("ana") && !meeting.is_led_by("bo"));
    let step = meeting.step.as_ref().unwrap();
    assert_eq!((&step.id[..], step.started_at, step.ends_at), ("welcome", at(0), at(5)));
    assert_eq!(meeting.ends_at, Some(at(30)));
    let again = Command::Open { handbook: "short".to_owned() };
    assert_eq!(ask(&meeting, 1, "bo", again), Err(Refusal::Open));
}

#[test]
fn nothing_happens_in_a_room_that_is_not_open() {
    for command in [Command::RaiseHand, go("record"), Command::Close, Command::MoveOn] {
        assert_eq!(ask(&Meeting::default(), 0, "ana", command), Err(Refusal::NotOpen));
    }
}

#[test]
fn each_step_has_its_time_and_leaves_a_chapter() {
    let meeting = ask(&opened(), 6, "ana", go("record")).unwrap();
    let step = meeting.step.as_ref().unwrap();
    assert_eq!((&step.id[..], step.started_at, step.ends_at), ("record", at(6), at(26)));
    let chapters: Vec<_> = meeting.visits.iter().map(|(at, step)| (*at, &step[..])).collect();
    assert_eq!(chapters, [(at(0), "welcome"), (at(6), "record")]);
    assert_eq!(ask(&meeting, 7, "ana", go("nowhere")), Err(Refusal::Unknown("step")));
}

#[test]
fn a_closed_room_opens_where_it_was_and_keeps_its_beginning() {
    let meeting = ask(&opened(), 6, "ana", go("record")).unwrap();
    let meeting = ask(&meeting, 20, "ana", Command::RaiseHand).unwrap();
    let closed = ask(&meeting, 25, "ana", Command::Close).unwrap();
    assert!(!closed.is_open() && closed.hands.is_empty());
    let open = Command::Open { handbook: "short".to_owned() };
    let meeting = ask(&closed, 60, "bo", open).unwrap();
    assert_eq!(meeting.step.as_ref().map(|step| &step.id[..]), Some("record"));
    assert_eq!((meeting.opened_at, meeting.lead.as_deref()), (Some(at(0)), Some("bo")));
}

#[test]
fn more_time_is_decided_by_more_than_half_of_the_room() {
    let asked = Command::AskForTime { minutes: 5, of: Timer::Step };
    let vote = |yes| Command::VoteForTime { yes };
    let meeting = ask(&opened(), 4, "bo", asked).unwrap();
    let meeting = ask(&meeting, 4, "bo", vote(true)).unwrap();
    assert_eq!(meeting.more_time.as_ref().map(|it| (it.yes, it.no)), Some((1, 0)));
    let granted = ask(&meeting, 4, "cy", vote(true)).unwrap();
    assert_eq!((granted.step.unwrap().ends_at, granted.more_time), (at(10), None));
    let split = ask(&meeting, 4, "cy", vote(false)).unwrap();
    let refused = ask(&split, 4, "ana", vote(false)).unwrap();
    assert_eq!((refused.step.unwrap().ends_at, refused.more_time), (at(5), None));
    assert_eq!(ask(&opened(), 4, "bo", vote(true)), Err(Refusal::NothingAsked));
}

#[test]
fn a_step_never_ends_before_it_began() {
    let less = Command::AddMinutes { minutes: -60, of: Timer::Step };
    let meeting = ask(&opened(), 1, "ana", less).unwrap();
    assert_eq!(meeting.step.unwrap().ends_at, at(0));
    for minutes in [0, 121, i32::MIN] {
        let command = Command::AddMinutes { minutes, of: Timer::Meeting };
        assert_eq!(ask(&opened(), 1, "ana", command), Err(Refusal::Minutes));
    }
}

#[test]
fn a_hand_keeps_its_place_and_goes_down() {
    let meeting = ask(&opened(), 1, "bo", Command::RaiseHand).unwrap();
    let meeting = ask(&meeting, 2, "cy", Command::RaiseHand).unwrap();
    let meeting = ask(&meeting, 3, "bo", Command::RaiseHand).unwrap();
    assert_eq!(meeting.hands["bo"], at(1));
    let heard = Command::LowerHand { person: Some("bo".to_owned()) };
    assert!(heard.is_for_those_who_lead());
    let meeting = ask(&meeting, 3, "ana", heard).unwrap();
    let meeting = ask(&meeting, 3, "cy", Command::LowerHand { person: None }).unwrap();
    assert!(meeting.hands.is_empty());
}

#[test]
fn the_next_step_forgets_who_wanted_to_move_on() {
    let meeting = ask(&opened(), 1, "bo", Command::MoveOn).unwrap();
    assert_eq!(meeting.move_on, 1);
    assert_eq!(ask(&meeting, 2, "ana", go("record")).unwrap().move_on, 0);
}

#[test]
fn a_round_ends_after_the_last() {
    let people = vec!["bo".to_owned(), "cy".to_owned()];
    let meeting = ask(&opened(), 1, "ana", Command::StartRound { people }).unwrap();
    let meeting = ask(&meeting, 2, "ana", Command::NextInRound).unwrap();
    assert_eq!(meeting.round.as_ref().map(|round| round.turn), Some(1));
    assert_eq!(ask(&meeting, 3, "ana", Command::NextInRound).unwrap().round, None);
    let nobody = Command::StartRound { people: Vec::new() };
    assert_eq!(ask(&meeting, 3, "ana", nobody), Err(Refusal::Round));
}

#[test]
fn the_co_facilitator_takes_over_and_the_two_change_places() {
    let helpers = Command::SetHelpers { co_lead: Some("bo".to_owned()), scribe: None };
    let meeting = ask(&opened(), 1, "ana", helpers).unwrap();
    let meeting = ask(&meeting, 2, "bo", Command::TakeOver).unwrap();
    assert_eq!((meeting.lead.as_deref(), meeting.co_lead.as_deref()), (Some("bo"), Some("ana")));
    let meeting = ask(&meeting, 3, "bo", Command::HandOver { to: "cy".to_owned() }).unwrap();
    assert_eq!((meeting.lead.as_deref(), meeting.co_lead.as_deref()), (Some("cy"), Some("ana")));
}

#[test]
fn checks_are_those_of_the_handbook() {
    let check = |check: &str, answer| Command::Check {
        step: "record".to_owned(),
        check: check.to_owned(),
        answer,
    };
    let meeting = ask(&opened(), 1, "ana", check("ready", Some(CheckAnswer::NotNow))).unwrap();
    assert_eq!(meeting.checks["record/ready"], CheckAnswer::NotNow);
    assert!(ask(&meeting, 1, "ana", check("ready", None)).unwrap().checks.is_empty());
    let unknown = ask(&meeting, 1, "ana", check("other", Some(CheckAnswer::Yes)));
    assert_eq!(unknown, Err(Refusal::Unknown("check")));
}

#[test]
fn one_vote_at_a_time_and_shown_once() {
    let open = Command::OpenBallot { kind: BallotKind::Dots };
    let meeting = ask(&opened(), 1, "ana", open.clone()).unwrap();
    assert_eq!(ask(&meeting, 1, "ana", open.clone()), Err(Refusal::VotesOpen));
    let meeting = ask(&meeting, 2, "ana", Command::ShowBallot).unwrap();
    assert!(meeting.ballot.as_ref().unwrap().shown);
    assert_eq!(ask(&meeting, 2, "ana", Command::ShowBallot), Err(Refusal::NoVote));
    assert!(ask(&meeting, 3, "ana", open).is_ok());
}

#[test]
fn everybody_says_one_thing_and_may_say_it_anew() {
    let say = |text: &str| Command::SayDifferently { text: text.to_owned() };
    let meeting = ask(&opened(), 1, "bo", say(" ask earlier ")).unwrap();
    assert_eq!(meeting.differently["bo"], "ask earlier");
    assert!(ask(&meeting, 1, "bo", say("  ")).unwrap().differently.is_empty());
    assert_eq!(ask(&meeting, 1, "bo", say(&"w".repeat(501))), Err(Refusal::Long));
}

fn any_command() -> impl Strategy<Value = Command> {
    let person = || prop_oneof![Just("ana".to_owned()), Just("bo".to_owned())];
    let timer = || prop_oneof![Just(Timer::Step), Just(Timer::Meeting)];
    prop_oneof![
        Just(Command::Open { handbook: "short".to_owned() }),
        Just(Command::Close),
        "(welcome|record|close|nowhere)".prop_map(|step| Command::Go { step }),
        (any::<i32>(), timer()).prop_map(|(minutes, of)| Command::AddMinutes { minutes, of }),
        (any::<u32>(), timer()).prop_map(|(minutes, of)| Command::AskForTime { minutes, of }),
        any::<bool>().prop_map(|yes| Command::VoteForTime { yes }),
        Just(Command::DropTime),
        Just(Command::RaiseHand),
        proptest::option::of(person()).prop_map(|person| Command::LowerHand { person }),
        Just(Command::MoveOn),
        proptest::collection::vec(person(), 0..3).prop_map(|people| Command::StartRound { people }),
        Just(Command::NextInRound),
        Just(Command::EndRound),
        person().prop_map(|to| Command::HandOver { to }),
        Just(Command::TakeOver),
        Just(Command::SetCase { case: Some(Case::Complex) }),
        any::<u32>().prop_map(|minutes| Command::StartSilence { node: None, minutes }),
        Just(Command::EndSilence),
        Just(Command::OpenBallot { kind: BallotKind::Grid }),
        Just(Command::ShowBallot),
    ]
}

proptest! {
    /// Whatever is asked, in whatever order: an open room has a lead and is in a step of its
    /// handbook, and no time ends before it began.
    #[test]
    fn a_room_always_stands_somewhere(commands in proptest::collection::vec(any_command(), 0..40)) {
        let mut meeting = Meeting::default();
        for (minute, command) in commands.into_iter().enumerate() {
            let minute = i64::try_from(minute).unwrap();
            if let Ok(next) = ask(&meeting, minute, "ana", command) {
                meeting = next;
            }
            if meeting.is_open() {
                let step = meeting.step.as_ref().unwrap();
                prop_assert!(handbook().step(&step.id).is_some());
                prop_assert!(step.ends_at >= step.started_at);
                prop_assert!(meeting.ends_at >= meeting.opened_at);
                prop_assert_eq!(meeting.visits.last_key_value().unwrap(), (&step.started_at, &step.id));
                prop_assert!(meeting.lead.is_some());
            }
            if let Some(round) = &meeting.round {
                prop_assert!((round.turn as usize) < round.people.len());
            }
        }
    }
}
