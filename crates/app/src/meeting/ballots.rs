//! Votes: cast unseen, counted when they are shown.

use std::collections::{BTreeMap, BTreeSet};

use afterword_domain::ballot::{self, Tally, Votes};
use afterword_domain::meeting::{Ballot, BallotKind, Meeting};
use afterword_domain::policy::Operation;
use afterword_record::{Projection, Record};
use afterword_storage::StoredBallot;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// A vote as somebody sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = BallotView)]
pub struct BallotView {
    /// Its id.
    pub id: String,
    /// What is asked.
    pub kind: BallotKind,
    /// When it was opened.
    #[schema(value_type = String, format = DateTime)]
    pub opened_at: Timestamp,
    /// When everybody saw what came of it.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub shown_at: Option<Timestamp>,
    /// The reader's own votes; none once it is shown, since then nobody knows whose they are.
    pub mine: Votes,
    /// What came of it, by cluster or action, once it is shown.
    pub tally: Option<BTreeMap<String, Tally>>,
}

impl App {
    /// What the room votes on and what it voted on, oldest first.
    pub async fn ballots(&self, caller: &Caller, id: &str) -> Result<Vec<BallotView>, AppError> {
        self.permitted(caller, id, Operation::ReadRecord).await?;
        let current = self.current_meeting(id).await?.ballot.map(|ballot| ballot.id);
        let mut views = Vec::new();
        for ballot in self.storage.ballots(id).await? {
            if ballot.shown_at.is_some() || Some(&ballot.id) == current.as_ref() {
                views.push(self.ballot_view(caller, ballot).await?);
            }
        }
        Ok(views)
    }

    async fn ballot_view(
        &self,
        caller: &Caller,
        ballot: StoredBallot,
    ) -> Result<BallotView, AppError> {
        let StoredBallot { id, kind, opened_at, shown_at, .. } = ballot;
        let mine = self.storage.votes_of(&id, &caller.person.id).await?;
        let tally = match shown_at {
            Some(_) => Some(ballot::tally(self.storage.votes(&id).await?)),
            None => None,
        };
        Ok(BallotView { id, kind, opened_at, shown_at, mine, tally })
    }

    /// Puts the caller's votes in the place of their earlier ones.
    pub async fn vote(
        &self,
        caller: &Caller,
        id: &str,
        ballot: &str,
        votes: Votes,
    ) -> Result<(), AppError> {
        self.entered(caller, id).await?;
        let record = self.current_record(id).await?.record;
        let open = record.meeting.ballot.as_ref().filter(|it| it.id == ballot);
        let kind = open.ok_or(AppError::NotFound("vote"))?.kind;
        ballot::check(kind, &votes)
            .map_err(|wrong| AppError::invalid("votes", wrong.to_string()))?;
        let subjects = subjects(kind, &record);
        if let Some(unknown) = votes.keys().find(|subject| !subjects.contains(&subject[..])) {
            let problem = format!("“{unknown}” is not voted on: read the record again");
            return Err(AppError::invalid("votes", problem));
        }
        let cast = self.storage.cast_votes(ballot, &caller.person.id, &votes).await?;
        let people = cast.ok_or_else(|| {
            AppError::Conflict("the votes are shown already, so they stay as they are".to_owned())
        })?;
        self.count_voters(id, ballot.to_owned(), people).await
    }

    /// Tells the room how many have voted, and not who.
    async fn count_voters(&self, id: &str, ballot: String, voters: u32) -> Result<(), AppError> {
        let counted = move |meeting: &Meeting| {
            let mut meeting = meeting.clone();
            if let Some(current) = meeting.ballot.as_mut().filter(|it| it.id == ballot) {
                *current = Ballot { voters, ..current.clone() };
            }
            Ok::<_, std::convert::Infallible>(meeting)
        };
        let write = move |record: &mut Record| match record.change_meeting(counted) {
            Ok((update, _)) => (update, Ok(())),
            Err(_) => (None, Err(AppError::internal("the record broke"))),
        };
        self.rooms.edit(id, None, write).await?.answer
    }
}

/// What can be voted on.
fn subjects(kind: BallotKind, record: &Projection) -> BTreeSet<&str> {
    match kind {
        BallotKind::Dots => record.themes.iter().map(|theme| &theme.id[..]).collect(),
        BallotKind::Grid => record.actions.iter().map(|action| &action.id[..]).collect(),
    }
}
