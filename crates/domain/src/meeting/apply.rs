//! The rules of the meeting.

use jiff::Timestamp;

use super::{
    Ballot, CheckAnswer, Command, Followed, Meeting, MoreTime, Round, RunningStep, Silence, Timer,
    minutes,
};
use crate::handbook::Handbook;

/// What a command meets.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// The time.
    pub now: Timestamp,
    /// Id of the person who asks.
    pub by: &'a str,
    /// How many people are in the room.
    pub here: usize,
    /// The handbook that the meeting follows, or is to follow, and its version.
    pub handbook: Option<(&'a str, i64, &'a Handbook)>,
    /// An id that was never used, for what is new.
    pub new_id: &'a str,
}

/// Why the meeting does not do it. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no meeting.
    #[error("the room is not open: a facilitator opens it")]
    NotOpen,
    /// There is one already.
    #[error("the room is open already")]
    Open,
    /// The handbook has no such step or check.
    #[error("the handbook has no such {0}")]
    Unknown(&'static str),
    /// A number that is not meant.
    #[error("give or take 1 to {MOST_MINUTES} minutes")]
    Minutes,
    /// Nothing was asked.
    #[error("nobody asks for more time any more")]
    NothingAsked,
    /// A round of nobody, or of more than a room holds.
    #[error("a round is of 1 to {MOST_PEOPLE} people")]
    Round,
    /// Somebody votes.
    #[error("show what the votes say first")]
    VotesOpen,
    /// Nobody votes.
    #[error("there is no vote that is open")]
    NoVote,
    /// It is silent already.
    #[error("the room writes in silence already")]
    Silent,
    /// It is not.
    #[error("the room does not write in silence")]
    NotSilent,
    /// A speech.
    #[error("keep it below {LONGEST_WORDS} characters")]
    Long,
}

const MOST_MINUTES: u32 = 120;
const MOST_PEOPLE: usize = 200;
const LONGEST_WORDS: usize = 500;

impl Meeting {
    /// The meeting after a command.
    pub fn after(&self, command: &Command, around: &Situation<'_>) -> Result<Self, Refusal> {
        let mut next = self.clone();
        if let Command::Open { .. } = command {
            next.open(around)?;
            return Ok(next);
        }
        if !self.is_open() {
            return Err(Refusal::NotOpen);
        }
        next.apply(command, around)?;
        Ok(next)
    }

    fn apply(&mut self, command: &Command, around: &Situation<'_>) -> Result<(), Refusal> {
        match command {
            Command::Open { .. } => return Err(Refusal::Open),
            Command::Close => self.close(around.now),
            Command::Go { step } => self.go(step, around)?,
            Command::AddMinutes { minutes, of } => self.add_minutes(*minutes, *of)?,
            Command::AskForTime { minutes, of } => self.ask_for_time(*minutes, *of, around)?,
            Command::VoteForTime { yes } => self.vote_for_time(*yes, around.here)?,
            Command::DropTime => self.more_time = None,
            Command::RaiseHand => {
                self.hands.entry(around.by.to_owned()).or_insert(around.now);
            }
            Command::LowerHand { person } => {
                self.hands.remove(person.as_deref().unwrap_or(around.by));
            }
            Command::MoveOn => self.move_on = self.move_on.saturating_add(1),
            Command::StartRound { people } => self.start_round(people)?,
            Command::NextInRound => self.next_in_round(),
            Command::EndRound => self.round = None,
            Command::HandOver { to } => self.hand_over(to, around.now),
            Command::TakeOver => self.hand_over(around.by, around.now),
            Command::SetHelpers { co_lead, scribe } => {
                self.co_lead.clone_from(co_lead);
                self.scribe.clone_from(scribe);
            }
            Command::Check { step, check, answer } => self.check(step, check, *answer, around)?,
            Command::SetCase { case } => self.case = *case,
            Command::StartSilence { node, minutes } => {
                self.start_silence(node.as_deref(), *minutes, around.now)?;
            }
            Command::EndSilence => {
                self.silence.take().ok_or(Refusal::NotSilent)?;
            }
            Command::OpenBallot { kind } => {
                if self.ballot.as_ref().is_some_and(|ballot| !ballot.shown) {
                    return Err(Refusal::VotesOpen);
                }
                let id = around.new_id.to_owned();
                self.ballot = Some(Ballot { id, kind: *kind, voters: 0, shown: false });
            }
            Command::ShowBallot => {
                let open = self.ballot.as_mut().filter(|ballot| !ballot.shown);
                open.ok_or(Refusal::NoVote)?.shown = true;
            }
            Command::SayDifferently { text } => self.say_differently(text.trim(), around.by)?,
        }
        Ok(())
    }

    /// A room that was closed goes on where it was.
    fn open(&mut self, around: &Situation<'_>) -> Result<(), Refusal> {
        if self.is_open() {
            return Err(Refusal::Open);
        }
        let (id, version, handbook) = around.handbook.ok_or(Refusal::Unknown("handbook"))?;
        let first = handbook.steps.first().ok_or(Refusal::Unknown("step"))?;
        let current = self.step.as_ref().and_then(|step| handbook.step(&step.id));
        let step = current.unwrap_or(first).id.clone();
        self.handbook = Some(Followed { id: id.to_owned(), version });
        self.opened_at.get_or_insert(around.now);
        self.closed_at = None;
        self.ends_at = Some(around.now.saturating_add_of(minutes(handbook.minutes())));
        self.hand_over(around.by, around.now);
        self.go(&step, around)
    }

    fn close(&mut self, now: Timestamp) {
        self.closed_at = Some(now);
        self.hands.clear();
        self.move_on = 0;
        self.more_time = None;
        self.round = None;
        self.silence = None;
    }

    fn go(&mut self, step: &str, around: &Situation<'_>) -> Result<(), Refusal> {
        let (_, _, handbook) = around.handbook.ok_or(Refusal::Unknown("handbook"))?;
        let step = handbook.step(step).ok_or(Refusal::Unknown("step"))?;
        let started_at = around.now;
        let ends_at = started_at.saturating_add_of(minutes(step.minutes));
        self.visits.insert(started_at, step.id.clone());
        self.step = Some(RunningStep { id: step.id.clone(), started_at, ends_at });
        self.move_on = 0;
        self.more_time = None;
        self.round = None;
        Ok(())
    }

    fn add_minutes(&mut self, number: i32, of: Timer) -> Result<(), Refusal> {
        if !(1..=MOST_MINUTES).contains(&number.unsigned_abs()) {
            return Err(Refusal::Minutes);
        }
        let more = minutes(number);
        match of {
            Timer::Step => {
                let step = self.step.as_mut().ok_or(Refusal::NotOpen)?;
                step.ends_at = step.ends_at.saturating_add_of(more).max(step.started_at);
            }
            Timer::Meeting => {
                let ends_at = self.ends_at.ok_or(Refusal::NotOpen)?.saturating_add_of(more);
                self.ends_at = Some(self.opened_at.map_or(ends_at, |it| ends_at.max(it)));
            }
        }
        Ok(())
    }

    fn ask_for_time(
        &mut self,
        minutes: u32,
        of: Timer,
        around: &Situation<'_>,
    ) -> Result<(), Refusal> {
        if !(1..=MOST_MINUTES).contains(&minutes) {
            return Err(Refusal::Minutes);
        }
        // Who asks while others ask already joins them: one question at a time.
        if self.more_time.is_none() {
            self.more_time = Some(MoreTime { asked_at: around.now, minutes, of, yes: 0, no: 0 });
        }
        Ok(())
    }

    /// Decided as soon as more than half of those who are here agree, or can no longer agree.
    fn vote_for_time(&mut self, yes: bool, here: usize) -> Result<(), Refusal> {
        let mut asked = self.more_time.clone().ok_or(Refusal::NothingAsked)?;
        let side = if yes { &mut asked.yes } else { &mut asked.no };
        *side = side.saturating_add(1);
        let (minutes, of) = (i32::try_from(asked.minutes).unwrap_or(i32::MAX), asked.of);
        let (yes, no) = (asked.yes as usize, asked.no as usize);
        let decided = yes * 2 > here || no * 2 >= here;
        self.more_time = (!decided).then_some(asked);
        if yes * 2 > here { self.add_minutes(minutes, of) } else { Ok(()) }
    }

    fn start_round(&mut self, people: &[String]) -> Result<(), Refusal> {
        if !(1..=MOST_PEOPLE).contains(&people.len()) {
            return Err(Refusal::Round);
        }
        self.round = Some(Round { people: people.to_vec(), turn: 0 });
        Ok(())
    }

    fn next_in_round(&mut self) {
        if let Some(round) = &mut self.round {
            round.turn += 1;
            if round.turn as usize >= round.people.len() {
                self.round = None;
            }
        }
    }

    fn hand_over(&mut self, to: &str, now: Timestamp) {
        let before = self.lead.replace(to.to_owned());
        if before.as_deref() != Some(to) || self.led.is_empty() {
            self.led.insert(now, to.to_owned());
        }
        // The two change places where one takes over from the other.
        if self.co_lead.as_deref() == Some(to) {
            self.co_lead = before.filter(|before| before != to);
        }
    }

    fn check(
        &mut self,
        step: &str,
        check: &str,
        answer: Option<CheckAnswer>,
        around: &Situation<'_>,
    ) -> Result<(), Refusal> {
        let step = around.handbook.and_then(|(_, _, it)| it.step(step));
        let step = step.ok_or(Refusal::Unknown("step"))?;
        if !step.checks.iter().any(|it| it.id == check) {
            return Err(Refusal::Unknown("check"));
        }
        let key = format!("{}/{check}", step.id);
        match answer {
            Some(answer) => self.checks.insert(key, answer),
            None => self.checks.remove(&key),
        };
        Ok(())
    }

    fn say_differently(&mut self, text: &str, by: &str) -> Result<(), Refusal> {
        if text.chars().count() > LONGEST_WORDS {
            return Err(Refusal::Long);
        }
        if text.is_empty() {
            self.differently.remove(by);
        } else {
            self.differently.insert(by.to_owned(), text.to_owned());
        }
        Ok(())
    }

    fn start_silence(
        &mut self,
        node: Option<&str>,
        length: u32,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        if !(1..=MOST_MINUTES).contains(&length) {
            return Err(Refusal::Minutes);
        }
        if self.silence.is_some() {
            return Err(Refusal::Silent);
        }
        let ends_at = now.saturating_add_of(minutes(length));
        self.silence = Some(Silence { node: node.map(str::to_owned), ends_at });
        Ok(())
    }
}

/// Times of meetings never come near the end of time; if one did, it stays there.
trait SaturatingTime {
    fn saturating_add_of(self, length: jiff::SignedDuration) -> Self;
}

impl SaturatingTime for Timestamp {
    fn saturating_add_of(self, length: jiff::SignedDuration) -> Self {
        self.saturating_add(length).unwrap_or(Self::MAX)
    }
}

#[cfg(test)]
mod tests;
