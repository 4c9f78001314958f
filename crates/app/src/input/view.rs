//! Who is asked what about a post-mortem, and who might be. Never who has answered: silence is
//! shown by discipline alone, and that is read from the record.

use std::collections::BTreeSet;

use afterword_domain::evidence::service_key;
use afterword_domain::input::{InputQuestion, defaults};
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;

/// What is asked about a post-mortem.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PostmortemInput)]
pub struct InputView {
    /// Why no more input is taken; null while it is welcome.
    pub over: Option<String>,
    /// When the next call about it begins, if one is arranged.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub call_at: Option<Timestamp>,
    /// What the caller was asked, if they were.
    pub mine: Option<InputMine>,
    /// The disciplines of the organisation, in their order.
    pub disciplines: Vec<InputDiscipline>,
    /// Whether whoever is asked is told by mail.
    pub sends_mail: bool,
}

/// What somebody was asked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InputMine {
    /// As which discipline: its slug.
    pub discipline: String,
    /// What.
    pub questions: Vec<InputQuestion>,
    /// The name of whoever asks.
    pub asked_by: String,
}

/// A discipline that may be asked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InputDiscipline {
    /// Its slug.
    pub slug: String,
    /// What people call it.
    pub label: String,
    /// The questions that fit it.
    pub questions: Vec<InputQuestion>,
    /// Whether anybody is of it.
    pub has_people: bool,
    /// Ids of those who were asked as this discipline.
    pub asked: Vec<String>,
    /// Ids of those of it who own the services, or are asked to the call, and were not asked yet.
    pub proposed: Vec<String>,
}

impl App {
    /// Who is asked what, and who might be.
    pub async fn input(&self, caller: &Caller, id: &str) -> Result<InputView, AppError> {
        let postmortem = self.permitted(caller, id, Operation::ReadRecord).await?;
        let requests = self.storage.input_requests(id).await?;
        let people = self.storage.people().await?;
        let near = self.near(&postmortem).await?;
        let inquiry = self.inquiry(postmortem).await?;
        let asked_of: BTreeSet<_> = requests.iter().map(|it| &it.person_id).collect();
        let disciplines = self.disciplines().await?.into_iter().map(|it| {
            let asked = requests.iter().filter(|request| request.discipline == it.slug);
            let of_it: Vec<_> = people.iter().filter(|one| one.discipline == it.slug).collect();
            let wanted = of_it.iter().map(|one| &one.id);
            let wanted = wanted.filter(|id| near.contains(*id) && !asked_of.contains(id));
            InputDiscipline {
                questions: defaults(&it.slug),
                has_people: !of_it.is_empty(),
                asked: asked.map(|it| it.person_id.clone()).collect(),
                proposed: wanted.cloned().collect(),
                label: it.label,
                slug: it.slug.to_string(),
            }
        });
        let name = |id: &str| people.iter().find(|it| it.id == id).map(|it| it.name.clone());
        let mine = requests.iter().find(|it| it.person_id == caller.person.id);
        let mine = mine.map(|it| InputMine {
            discipline: it.discipline.to_string(),
            questions: it.questions.clone(),
            asked_by: name(&it.asked_by).unwrap_or_default(),
        });
        Ok(InputView {
            over: inquiry.over.map(|over| over.to_string()),
            call_at: inquiry.call_at(self.clock.now()),
            mine,
            disciplines: disciplines.collect(),
            sends_mail: self.sends_mail(),
        })
    }

    /// The ids of those who are near to it: of the teams that own its services, however those are
    /// spelled, and those who are asked to its call.
    async fn near(&self, postmortem: &Postmortem) -> Result<BTreeSet<String>, AppError> {
        let services: BTreeSet<_> = postmortem.services.iter().map(|it| service_key(it)).collect();
        let owners = self.storage.owners_of_services().await?.into_iter();
        let owners = owners.filter(|(name, _)| services.contains(&service_key(name)));
        let invited = self.storage.invited_to(&postmortem.id).await?;
        Ok(owners.map(|(_, person)| person).chain(invited).collect())
    }
}
