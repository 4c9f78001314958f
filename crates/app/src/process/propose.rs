//! Turning something that was learned into a proposal for a handbook.

use afterword_domain::feedback::{Answer, Kind};
use afterword_domain::handbook::{SuggestedPart, Suggestion, built_in};
use afterword_domain::policy::Operation;
use afterword_domain::process::{Source, State, beginning};
use afterword_storage::{HandbookProposal, StorageError};

use super::list::ProposalView;
use super::words;
use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::secrets::new_id;

/// A line of a handbook is at most so long.
const LONGEST_LINE: usize = 400;

/// A proposal to be.
#[derive(Clone, Debug)]
pub struct ProposalToMake {
    /// Where it comes from.
    pub source: Source,
    /// The comment, the idea or the lesson: its id.
    pub of: String,
    /// The post-mortem, for an answer to the survey and for what was parked.
    pub postmortem: Option<String>,
    /// The handbook; the one that the meeting followed if absent.
    pub handbook: Option<String>,
    /// In words; those that it comes from if absent.
    pub text: Option<String>,
}

/// What a proposal is made of.
struct Made {
    postmortem: Option<(String, String)>,
    at_ms: Option<i64>,
    handbook: Option<String>,
    step: Option<(String, SuggestedPart)>,
    text: String,
}

impl App {
    /// Makes a proposal; of what was proposed before, answers that proposal.
    pub async fn propose(
        &self,
        caller: &Caller,
        new: ProposalToMake,
    ) -> Result<ProposalView, AppError> {
        caller.permit(Operation::ImproveProcess)?;
        let made = match new.source {
            Source::Feedback => self.of_feedback(&new.of).await?,
            Source::Lesson => self.of_lesson(caller, &new.of).await?,
            Source::Survey | Source::Parked => self.of_idea(caller, &new).await?,
        };
        if let Some(known) = self.storage.proposal_from(new.source, &new.of).await? {
            return Ok(known.into());
        }
        let chosen = new.handbook.or(made.handbook);
        let usual = built_in().first().map(|it| it.id.to_owned());
        let handbook = chosen.or(usual).unwrap_or_default();
        let content = self.kept_handbook(&handbook, None).await?.content;
        let text = words("text", new.text.as_deref().unwrap_or(&made.text))?;
        let suggestion = |(step, part): (String, SuggestedPart)| Suggestion {
            step,
            part,
            text: beginning(&text, LONGEST_LINE),
            moves: String::new(),
            minutes: 0,
        };
        let step = made.step.filter(|(step, _)| content.step(step).is_some());
        let proposal = HandbookProposal {
            id: new_id(),
            handbook_id: handbook,
            source: new.source,
            source_ref: Some(new.of.clone()),
            postmortem: made.postmortem,
            at_ms: made.at_ms,
            change: step.map(suggestion),
            text,
            state: State::Open,
            reason: None,
            accepted_as: None,
            created_at: self.clock.now(),
            decided_at: None,
            version: 1,
        };
        match self.storage.add_proposal(&proposal).await {
            // Somebody else was quicker.
            Err(StorageError::Exists) => {
                let known = self.storage.proposal_from(new.source, &new.of).await?;
                Ok(known.ok_or(AppError::NotFound("proposal"))?.into())
            }
            other => {
                other?;
                Ok(proposal.into())
            }
        }
    }

    async fn of_feedback(&self, id: &str) -> Result<Made, AppError> {
        let found = self.storage.feedback(id).await?.ok_or(AppError::NotFound("feedback"))?;
        if found.it.answer != Some(Answer::Adopted) {
            return Err(AppError::Conflict(
                "whoever it is about adopts it first: then it can become a proposal".to_owned(),
            ));
        }
        let part = match found.it.kind {
            Kind::Question => SuggestedPart::Prompt,
            Kind::Worked | Kind::Other => SuggestedPart::Say,
        };
        Ok(Made {
            handbook: found.handbook.map(|(id, _)| id),
            postmortem: Some((found.it.postmortem_id, found.title)),
            at_ms: Some(found.it.at_ms),
            step: found.it.step_id.map(|step| (step, part)),
            text: found.it.text,
        })
    }

    async fn of_lesson(&self, caller: &Caller, id: &str) -> Result<Made, AppError> {
        let lesson = self.own_lesson(caller, id, None).await?;
        Ok(Made {
            postmortem: lesson.postmortem,
            at_ms: lesson.at_ms,
            handbook: None,
            step: None,
            text: lesson.text,
        })
    }

    async fn of_idea(&self, caller: &Caller, new: &ProposalToMake) -> Result<Made, AppError> {
        let missing = || AppError::invalid("postmortem", "say which post-mortem it comes from");
        let postmortem = new.postmortem.as_deref().ok_or_else(missing)?;
        let postmortem = self.permitted(caller, postmortem, Operation::ReadRecord).await?;
        let (ideas, handbook) = self.ideas_of(&postmortem).await?;
        let mut all = match new.source {
            Source::Survey => ideas.survey.into_iter(),
            _ => ideas.parked.into_iter(),
        };
        let idea = all.find(|it| it.id == new.of).ok_or(AppError::NotFound("idea"))?;
        Ok(Made {
            postmortem: Some((postmortem.id, postmortem.title)),
            at_ms: None,
            handbook,
            step: None,
            text: idea.text,
        })
    }
}
