//! Taking what somebody says: each answer becomes a proposed entry of the record.
//!
//! What is said without a name has no author. Nothing that is stored tells that this person said
//! anything at all: they do not become a participant by it, their request goes on waiting, and
//! the entry holds neither the time as they typed it nor anything of their time zone.

use afterword_domain::chasing::Purpose;
use afterword_domain::input::{InputQuestion, defaults};
use afterword_domain::people::Discipline;
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use afterword_domain::time::{self, zone_named};
use afterword_domain::timeline::{EntryKind, Moment};
use afterword_record::edit::NewEntry;
use afterword_record::rich::{Block, Inline, Marks, render};
use afterword_record::{Edit, EditError, Record};
use afterword_storage::{InputRequest, InputState};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;

use super::link::Linked;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::record::{TimeContext, refused};

/// In characters.
const LONGEST: usize = 10_000;
const LONGEST_TIME: usize = 200;
const UNREAD: &str = "This time could not be read. When was it?";
const UNCLEAR: &str = "This time can be read in several ways. When was it?";

/// What somebody says.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InputToGive {
    /// What was answered; questions without an answer are left out.
    pub answers: Vec<InputAnswer>,
    /// Whether it is to have no author. Then who wrote it is stored nowhere.
    #[serde(default)]
    pub anonymous: bool,
    /// The IANA zone of times that name none; the person's if absent.
    #[serde(default)]
    pub zone: Option<String>,
    /// Whose view it is, for somebody who speaks for another discipline than they were asked as.
    #[serde(default)]
    pub discipline: Option<Discipline>,
}

/// An answer to one question.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InputAnswer {
    /// A UUID that the writer made: what is sent again under it is taken once.
    pub id: String,
    /// Which of the questions, counted from 0.
    pub question: usize,
    /// What is answered, as plain words.
    pub text: String,
    /// When that was, as people type it.
    #[serde(default)]
    pub when: Option<String>,
    /// Which moment is meant, where `when` can be read in several ways.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
}

/// Who answers what.
struct Asked {
    /// About which post-mortem: its id.
    postmortem: String,
    /// As which discipline.
    discipline: Discipline,
    questions: Vec<InputQuestion>,
    request: Option<InputRequest>,
}

impl App {
    /// Takes what the caller says, asked or unasked.
    pub async fn give_input(
        &self,
        caller: &Caller,
        id: &str,
        input: InputToGive,
    ) -> Result<(), AppError> {
        let postmortem = self.permitted(caller, id, Operation::WriteRecord).await?;
        let request = self.storage.input_asked_of(id, &caller.person.id).await?;
        let asked = asked(caller, id, request, &input);
        self.take_input(caller, postmortem, asked, input).await
    }

    /// Takes what somebody says at the page of a link, as often as they like.
    pub async fn give_input_by_link(
        &self,
        token: &str,
        input: InputToGive,
    ) -> Result<(), AppError> {
        let Linked { caller, request, postmortem } = self.linked(token, Purpose::Input).await?;
        let asked = asked(&caller, &postmortem.id, Some(request), &input);
        self.take_input(&caller, postmortem, asked, input).await
    }

    async fn take_input(
        &self,
        caller: &Caller,
        postmortem: Postmortem,
        asked: Asked,
        input: InputToGive,
    ) -> Result<(), AppError> {
        let (id, me) = (asked.postmortem.clone(), caller.person.id.clone());
        // In memory alone, as everything that counts attempts.
        self.throttle.attempt(&format!("input {id} {me}"))?;
        self.inquiry(postmortem).await?.is_open()?;
        let entries = self.entries_of(caller, &asked, &input).await?;
        let author = (!input.anonymous).then_some(me);
        let write = move |record: &mut Record| match add(record, entries) {
            Ok(update) => (update, Ok(())),
            Err(error) => (None, Err(refused(error))),
        };
        self.rooms.edit(&id, author, write).await?.answer?;
        if input.anonymous {
            return Ok(());
        }
        self.take_part(caller, &id).await?;
        if let Some(request) = asked.request {
            self.storage.settle_input(&request.id, InputState::Answered).await?;
        }
        Ok(())
    }

    async fn entries_of(
        &self,
        caller: &Caller,
        asked: &Asked,
        input: &InputToGive,
    ) -> Result<Vec<NewEntry>, AppError> {
        let mut entries = Vec::new();
        for answer in input.answers.iter().filter(|it| !it.text.trim().is_empty()) {
            entries.push(self.entry_of(caller, asked, input, answer).await?);
        }
        if entries.is_empty() {
            return Err(AppError::invalid("answers", "write what you saw: a few words are enough"));
        }
        Ok(entries)
    }

    async fn entry_of(
        &self,
        caller: &Caller,
        asked: &Asked,
        input: &InputToGive,
        answer: &InputAnswer,
    ) -> Result<NewEntry, AppError> {
        let question = asked.questions.get(answer.question).ok_or_else(|| {
            AppError::invalid("answers", "this question was not asked: load the page again")
        })?;
        if answer.text.chars().count() > LONGEST {
            return Err(AppError::invalid(
                "answers",
                format!("keep each answer below {LONGEST} characters"),
            ));
        }
        let when = self.when(caller, &asked.postmortem, input, answer).await?;
        Ok(NewEntry {
            id: answer.id.clone(),
            at: when.moment.at(),
            until: when.moment.until(),
            precision: Some(when.moment.precision()),
            typed: when.typed,
            question: when.question,
            kind: EntryKind::Observed,
            lane: asked.discipline.clone(),
            who: (!input.anonymous).then(|| caller.person.id.clone()),
            text: as_written(&answer.text),
            proposed: true,
            asked: Some(question.text.clone()),
            ..NewEntry::default()
        })
    }

    /// When it was, as far as that can be read. What cannot is kept for the room to ask: a time
    /// never keeps anybody from saying what they saw.
    async fn when(
        &self,
        caller: &Caller,
        id: &str,
        input: &InputToGive,
        answer: &InputAnswer,
    ) -> Result<When, AppError> {
        let text: String =
            answer.when.as_deref().unwrap_or_default().trim().chars().take(LONGEST_TIME).collect();
        if text.is_empty() {
            return Ok(When { moment: Moment::Unknown, typed: None, question: None });
        }
        // A browser may call its zone by a name that we do not know yet.
        let zone = input.zone.clone().filter(|name| zone_named(name).is_some());
        let zone = zone.or_else(|| Some(caller.person.time_zone.clone()));
        let around = TimeContext { postmortem: Some(id.to_owned()), near: None, zone };
        let reading = time::read(&text, &self.time_context(caller, &around).await?);
        let typed = Some(text);
        let Some(read) = reading.time else {
            let question = Some(UNREAD.to_owned());
            return Ok(When { moment: Moment::Unknown, typed, question });
        };
        let meant = |it: &time::Question| {
            it.choices.iter().copied().find(|it| it.at().is_some() && it.at() == answer.at)
        };
        let (moment, question) = match &read.question {
            None => (read.moment, None),
            Some(question) => match meant(question) {
                Some(moment) => (moment, None),
                // Its words may tell the zone of whoever wrote it.
                None if input.anonymous => (Moment::Unknown, Some(UNCLEAR.to_owned())),
                None => (Moment::Unknown, Some(question.text.clone())),
            },
        };
        // So may the time as it was typed, beside the same in UTC.
        let typed = typed.filter(|_| !input.anonymous || question.is_some());
        Ok(When { moment, typed, question })
    }
}

/// When something was, as an entry says it.
struct When {
    moment: Moment,
    typed: Option<String>,
    question: Option<String>,
}

fn asked(
    caller: &Caller,
    postmortem: &str,
    request: Option<InputRequest>,
    input: &InputToGive,
) -> Asked {
    let own = request.as_ref().filter(|it| {
        input.discipline.as_ref().is_none_or(|discipline| *discipline == it.discipline)
    });
    let (discipline, questions) = match (own, &input.discipline) {
        (Some(request), _) => (request.discipline.clone(), request.questions.clone()),
        (None, Some(other)) => (other.clone(), defaults(other)),
        (None, None) => (caller.person.discipline.clone(), defaults(&caller.person.discipline)),
    };
    Asked { postmortem: postmortem.to_owned(), discipline, questions, request }
}

/// Adds what is not there yet: what was sent before, and whose answer was lost on its way, is.
fn add(record: &mut Record, entries: Vec<NewEntry>) -> Result<Option<Vec<u8>>, EditError> {
    let before = record.project();
    let there = |id: &str| {
        before.timeline.iter().any(|it| it.id == id) || before.deleted.iter().any(|it| it.id == id)
    };
    let new: Vec<_> = entries.into_iter().filter(|it| !there(&it.id)).map(Edit::AddEntry).collect();
    if new.is_empty() { Ok(None) } else { record.edit_many(&new) }
}

/// Plain words as Markdown that says the same: no sign in them means anything, and lines and
/// paragraphs stay.
fn as_written(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let paragraphs = text.split("\n\n").map(str::trim).filter(|it| !it.is_empty());
    let block = |paragraph: &str| {
        let mut line = Vec::new();
        for words in paragraph.lines() {
            if !line.is_empty() {
                line.push(Inline::Break);
            }
            line.push(Inline::Text(words.trim().to_owned(), Marks::default()));
        }
        Block::Paragraph(line)
    };
    render(&paragraphs.map(block).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::as_written;

    #[test]
    fn plain_words_stay_plain_words() {
        assert_eq!(
            as_written(" They wrote:\nit is down \n\n\n\nTwice. "),
            "They wrote:\\\nit is down\n\nTwice."
        );
        for text in
            ["# 1 customer", "* not a list", "1. nor this", "<b>x</b> & **y** [z](https://x.y)"]
        {
            let read =
                afterword_record::rich::plain(&afterword_record::rich::parse(&as_written(text)));
            assert_eq!(read, text);
        }
    }
}
