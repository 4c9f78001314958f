//! Questions below a published post-mortem, and the answers of those who were there.

use afterword_domain::people::Person;
use afterword_domain::policy::Operation;
use afterword_storage::{Answer, Question};
use jiff::Timestamp;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::publications::{Document, Names};
use crate::secrets::new_id;

const LONGEST: usize = 4_000;

/// A question as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionView {
    /// Its id.
    pub id: String,
    /// Who asks: a name, or a role where the post-mortem shows roles.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// Plain text.
    pub text: String,
    /// Whether the caller may take it back.
    pub may_withdraw: bool,
    /// What was answered, in its order.
    pub answers: Vec<AnswerView>,
}

/// An answer as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerView {
    /// Its id.
    pub id: String,
    /// Who answers: a name, or a role where the post-mortem shows roles.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// Plain text.
    pub text: String,
}

/// How people are shown below a document.
struct Shown {
    names: Names,
}

impl Shown {
    fn new(document: &Document, people: &[Person]) -> Self {
        Self { names: Names::new(document.naming, people) }
    }

    fn answer(&self, it: &Answer) -> AnswerView {
        AnswerView {
            id: it.id.clone(),
            who: self.names.of_person(&it.answered_by),
            at: it.answered_at,
            text: self.names.in_text(&it.text),
        }
    }

    fn question(&self, it: &Question, answers: &[Answer], caller: &Caller) -> QuestionView {
        let its = answers.iter().filter(|answer| answer.question_id == it.id);
        QuestionView {
            id: it.id.clone(),
            who: self.names.of_person(&it.asked_by),
            at: it.asked_at,
            text: self.names.in_text(&it.text),
            may_withdraw: it.asked_by == caller.person.id,
            answers: its.map(|answer| self.answer(answer)).collect(),
        }
    }
}

impl App {
    /// What is asked below a published post-mortem, in the order of asking.
    pub async fn questions(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Vec<QuestionView>, AppError> {
        let document = self.published(caller, id).await?;
        let shown = Shown::new(&document, &self.storage.people().await?);
        let answers = self.storage.answers(id).await?;
        let questions = self.storage.questions(id).await?;
        Ok(questions.iter().map(|it| shown.question(it, &answers, caller)).collect())
    }

    /// Asks below a published post-mortem.
    pub async fn ask_question(
        &self,
        caller: &Caller,
        id: &str,
        text: &str,
    ) -> Result<(), AppError> {
        self.published(caller, id).await?;
        let question = Question {
            id: new_id(),
            postmortem_id: id.to_owned(),
            asked_by: caller.person.id.clone(),
            asked_at: self.clock.now(),
            text: said(text)?,
        };
        Ok(self.storage.ask_question(&question).await?)
    }

    /// Answers a question, as somebody who was there.
    pub async fn answer_question(
        &self,
        caller: &Caller,
        id: &str,
        question: &str,
        text: &str,
    ) -> Result<(), AppError> {
        self.published(caller, id).await?;
        self.permitted(caller, id, Operation::AnswerReaders).await?;
        let asked = self.storage.question(id, question).await?;
        let asked = asked.ok_or(AppError::NotFound("question"))?;
        let answer = Answer {
            id: new_id(),
            question_id: asked.id,
            answered_by: caller.person.id.clone(),
            answered_at: self.clock.now(),
            text: said(text)?,
        };
        Ok(self.storage.answer_question(&answer).await?)
    }

    /// Takes one's own question back, with its answers.
    pub async fn withdraw_question(
        &self,
        caller: &Caller,
        id: &str,
        question: &str,
    ) -> Result<(), AppError> {
        let asked = self.storage.question(id, question).await?;
        let own = asked.filter(|it| it.asked_by == caller.person.id);
        own.ok_or(AppError::NotFound("question of yours"))?;
        self.storage.withdraw_question(id, question).await?;
        Ok(())
    }
}

fn said(text: &str) -> Result<String, AppError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::invalid(
            "text",
            "there are no words yet: write what you want to say",
        ));
    }
    if text.chars().count() > LONGEST {
        return Err(AppError::invalid(
            "text",
            format!("this is longer than {LONGEST} characters: say it in fewer words"),
        ));
    }
    Ok(text.to_owned())
}
