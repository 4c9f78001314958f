//! A retrospective of the process every few post-mortems: prepared by the product, held by
//! facilitators, kept with what they decided.

use std::collections::BTreeMap;

use afterword_domain::feedback::{Answer, Kind};
use afterword_domain::handbook::Part;
use afterword_domain::policy::Operation;
use afterword_domain::process::{
    EVERY, FEWEST, MOST, Matter, Prepared, State, Theme, is_due, questions,
};
use afterword_domain::survey::{Counts, FEWEST_SHOWN, counted};
use afterword_storage::{HeldMeeting, Retrospective, StorageError, TitledFeedback};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::ideas::Ideas;
use super::words;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// About so many meetings at most.
const MOST_MEETINGS: i64 = 200;
const MOST_PROPOSALS: i64 = 200;

/// How the next retrospective stands, and those that were held.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Retrospectives)]
pub struct RetrospectivesView {
    /// Whether it is time.
    pub due: bool,
    /// So many meetings have ended since the last one.
    pub held: usize,
    /// It is due after so many.
    pub every: u32,
    /// When the last one was; absent: there was none yet.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub since: Option<Timestamp>,
    /// What is prepared for the next one.
    pub prepared: Prepared,
    /// Those that were held, newest first.
    pub kept: Vec<RetrospectiveView>,
    /// The tag that closing it has to carry.
    pub etag: String,
}

/// A retrospective that was held.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Retrospective)]
pub struct RetrospectiveView {
    /// Counts them, from 1.
    pub number: i64,
    /// What was prepared, as it was then.
    pub prepared: Prepared,
    /// What was decided.
    pub decided: String,
    /// The next was due after so many meetings.
    pub next_after: u32,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub closed_at: Timestamp,
}

impl From<Retrospective> for RetrospectiveView {
    fn from(it: Retrospective) -> Self {
        Self {
            number: it.number,
            prepared: it.prepared,
            decided: it.decided,
            next_after: it.next_after,
            closed_at: it.closed_at,
        }
    }
}

/// A retrospective that ends.
#[derive(Clone, Debug)]
pub struct RetrospectiveToClose {
    /// What was decided.
    pub decided: String,
    /// The next is due after so many meetings; as many as before if absent.
    pub next_after: Option<u32>,
}

impl App {
    /// How the next retrospective stands, with what is prepared for it.
    pub async fn retrospectives(&self, caller: &Caller) -> Result<RetrospectivesView, AppError> {
        caller.permit(Operation::ImproveProcess)?;
        self.projector.project_due().await;
        let kept = self.storage.retrospectives().await?;
        let (since, every) = since(kept.first());
        let prepared = self.prepared(since).await?;
        let held = prepared.meetings.len();
        Ok(RetrospectivesView {
            due: is_due(held, every),
            held,
            every,
            since: kept.first().map(|it| it.closed_at),
            prepared,
            etag: kept.first().map_or(0, |it| it.number).to_string(),
            kept: kept.into_iter().map(Into::into).collect(),
        })
    }

    /// Keeps a retrospective as it was prepared, with what was decided. `read`: how many there were
    /// when it began; any if absent.
    pub async fn close_retrospective(
        &self,
        caller: &Caller,
        read: Option<i64>,
        closed: RetrospectiveToClose,
    ) -> Result<RetrospectiveView, AppError> {
        caller.permit(Operation::ImproveProcess)?;
        self.projector.project_due().await;
        let kept = self.storage.retrospectives().await?;
        let number = kept.first().map_or(0, |it| it.number);
        if read.is_some_and(|read| read != number) {
            return Err(StorageError::Stale.into());
        }
        let (since, every) = since(kept.first());
        let next_after = closed.next_after.unwrap_or(every);
        if !(FEWEST..=MOST).contains(&next_after) {
            let detail = format!("choose {FEWEST} to {MOST} post-mortems");
            return Err(AppError::invalid("next_after", detail));
        }
        let new = Retrospective {
            number: number + 1,
            decided: words("decided", &closed.decided)?,
            prepared: self.prepared(since).await?,
            next_after,
            closed_by: caller.person.id.clone(),
            closed_at: self.clock.now(),
        };
        self.storage.add_retrospective(&new).await?;
        Ok(new.into())
    }

    async fn prepared(&self, since: Timestamp) -> Result<Prepared, AppError> {
        let meetings = self.storage.meetings_ended_since(since, MOST_MEETINGS).await?;
        let feedback = self.storage.feedback_since(since).await?;
        let mut prepared = Prepared {
            adopted: adopted(&feedback),
            themes: self.themes(&feedback).await?,
            open: self.still_open().await?,
            versions: self.versions_since(since).await?,
            ..Prepared::default()
        };
        for it in &meetings {
            add_meeting(&mut prepared, it)?;
        }
        prepared.questions = questions(&prepared);
        Ok(prepared)
    }

    /// How much was said about which part of the meeting.
    async fn themes(&self, feedback: &[TitledFeedback]) -> Result<Vec<Theme>, AppError> {
        let mut themes: BTreeMap<Option<Part>, Theme> = BTreeMap::new();
        for it in feedback {
            let part = self.part_of(it).await?;
            let empty = Theme { part, questions: 0, worked: 0, other: 0 };
            let theme = themes.entry(part).or_insert(empty);
            match it.it.kind {
                Kind::Question => theme.questions += 1,
                Kind::Worked => theme.worked += 1,
                Kind::Other => theme.other += 1,
            }
        }
        Ok(themes.into_values().collect())
    }

    async fn part_of(&self, it: &TitledFeedback) -> Result<Option<Part>, AppError> {
        let (Some((handbook, version)), Some(step)) = (&it.handbook, &it.it.step_id) else {
            return Ok(None);
        };
        let found = self.storage.handbook(handbook, Some(*version)).await?;
        Ok(found.and_then(|it| it.content.step(step).map(|step| step.part)))
    }

    async fn still_open(&self) -> Result<Vec<Matter>, AppError> {
        let all = self.storage.proposals(MOST_PROPOSALS).await?;
        let open = all.into_iter().filter(|it| it.state == State::Open);
        Ok(open
            .map(|it| {
                let (postmortem, title) = it.postmortem.unzip();
                Matter { postmortem, title: title.unwrap_or(it.handbook_id), text: it.text }
            })
            .collect())
    }

    /// Versions that somebody here made; those that came with the product are nobody's decision.
    async fn versions_since(&self, since: Timestamp) -> Result<Vec<Matter>, AppError> {
        let mut made = Vec::new();
        for handbook in self.storage.handbooks().await? {
            let versions = self.storage.handbook_versions(&handbook.id).await?;
            let new = versions.into_iter().filter(|it| it.author.is_some() && it.made_at > since);
            made.extend(new.map(|it| Matter {
                postmortem: None,
                title: format!("{}, version {}", it.content.name, it.version),
                text: it.reason,
            }));
        }
        Ok(made)
    }
}

fn since(last: Option<&Retrospective>) -> (Timestamp, u32) {
    last.map_or((Timestamp::UNIX_EPOCH, EVERY), |it| (it.closed_at, it.next_after))
}

fn add_meeting(prepared: &mut Prepared, it: &HeldMeeting) -> Result<(), AppError> {
    let record = serde_json::from_str(&it.record).map_err(AppError::internal)?;
    let ideas = Ideas::of((&it.postmortem_id, &it.title), &record, &it.answers);
    let matter = |idea: super::Idea| Matter {
        postmortem: Some(idea.postmortem),
        title: idea.title,
        text: idea.text,
    };
    prepared.survey_words.extend(ideas.survey.into_iter().map(matter));
    prepared.parked.extend(ideas.parked.into_iter().map(matter));
    prepared.meetings.push(Matter {
        postmortem: Some(it.postmortem_id.clone()),
        title: it.title.clone(),
        text: String::new(),
    });
    if it.answers.len() >= FEWEST_SHOWN {
        prepared.surveys += 1;
        for (all, one) in prepared.survey.iter_mut().zip(counted(&it.answers)) {
            add_counts(all, one);
        }
    }
    Ok(())
}

fn add_counts(all: &mut Counts, one: Counts) {
    for (sum, count) in all.0.iter_mut().zip(one.0) {
        *sum += count;
    }
}

fn adopted(feedback: &[TitledFeedback]) -> Vec<Matter> {
    let adopted = feedback.iter().filter(|it| it.it.answer == Some(Answer::Adopted));
    adopted
        .map(|it| Matter {
            postmortem: Some(it.it.postmortem_id.clone()),
            title: it.title.clone(),
            text: it.it.text.clone(),
        })
        .collect()
}
