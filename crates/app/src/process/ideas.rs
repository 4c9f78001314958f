//! What may become a proposal: words of surveys, and ideas about the process that were parked.

use std::collections::BTreeSet;

use afterword_domain::action::ActionState;
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use afterword_domain::process::Source;
use afterword_domain::survey::{Answers, FEWEST_SHOWN};
use afterword_record::Projection;
use jiff::SignedDuration;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::sha256;

/// What nobody has taken up for so long is not offered any more.
const FRESH: SignedDuration = SignedDuration::from_hours(180 * 24);
/// Of so many meetings at most.
const MOST: i64 = 100;

/// What may become a proposal. Who said it is not known.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[schema(as = ProcessIdeas)]
pub struct Ideas {
    /// What was written in surveys that may be shown.
    pub survey: Vec<Idea>,
    /// What was parked as an idea about the process.
    pub parked: Vec<Idea>,
}

/// One of them.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ProcessIdea)]
pub struct Idea {
    /// Names it when it becomes a proposal.
    pub id: String,
    /// Id of the post-mortem.
    pub postmortem: String,
    /// The title of that.
    pub title: String,
    /// The words.
    pub text: String,
}

impl Ideas {
    /// What one meeting left behind.
    pub(super) fn of(
        (postmortem, title): (&str, &str),
        record: &Projection,
        answers: &[Answers],
    ) -> Self {
        let idea = |id: String, text: &str| Idea {
            id,
            postmortem: postmortem.to_owned(),
            title: title.to_owned(),
            text: text.to_owned(),
        };
        let shown = answers.len() >= FEWEST_SHOWN;
        // The same words of two people are one idea, and their order tells nothing.
        let said: BTreeSet<_> = answers
            .iter()
            .map(|it| it.words.trim())
            .filter(|words| shown && !words.is_empty())
            .collect();
        // Its words are all that an answer has: nothing else may tell one from another.
        let survey =
            said.into_iter().map(|it| idea(sha256(format!("{postmortem} {it}").as_bytes()), it));
        let process = |it: &&afterword_domain::action::Action| {
            it.process && it.state == ActionState::Parked && !it.withheld
        };
        let parked = record.actions.iter().filter(process);
        Self {
            survey: survey.collect(),
            parked: parked.map(|it| idea(it.id.clone(), &it.title)).collect(),
        }
    }

    fn extend(&mut self, more: Self) {
        self.survey.extend(more.survey);
        self.parked.extend(more.parked);
    }
}

impl App {
    /// What may become a proposal and has not yet, of the meetings of the last half year.
    pub async fn process_ideas(&self, caller: &Caller) -> Result<Ideas, AppError> {
        caller.permit(Operation::ImproveProcess)?;
        self.projector.project_due().await;
        let since = self.clock.now().checked_sub(FRESH).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let mut all = Ideas::default();
        for it in self.storage.meetings_ended_since(since, MOST).await? {
            let record = serde_json::from_str(&it.record).map_err(AppError::internal)?;
            all.extend(Ideas::of((&it.postmortem_id, &it.title), &record, &it.answers));
        }
        self.not_proposed(&mut all.survey, Source::Survey).await?;
        self.not_proposed(&mut all.parked, Source::Parked).await?;
        Ok(all)
    }

    async fn not_proposed(&self, ideas: &mut Vec<Idea>, source: Source) -> Result<(), AppError> {
        let mut left = Vec::new();
        for idea in ideas.drain(..) {
            if self.storage.proposal_from(source, &idea.id).await?.is_none() {
                left.push(idea);
            }
        }
        *ideas = left;
        Ok(())
    }

    /// What one post-mortem left behind, and the handbook that its meeting followed.
    pub(super) async fn ideas_of(
        &self,
        postmortem: &Postmortem,
    ) -> Result<(Ideas, Option<String>), AppError> {
        let record = self.current_record(&postmortem.id).await?.record;
        let survey = self.storage.survey(&postmortem.id).await?;
        let named = (&postmortem.id[..], &postmortem.title[..]);
        let handbook = record.meeting.handbook.as_ref().map(|it| it.id.clone());
        Ok((Ideas::of(named, &record, &survey.answers), handbook))
    }
}
