//! What the link in a mail asks, and being asked no more.

use afterword_domain::chasing::Purpose;
use afterword_domain::input::InputQuestion;
use afterword_domain::policy::Operation;
use afterword_domain::postmortem::Postmortem;
use afterword_domain::time::{Reading, Shown};
use afterword_storage::{InputRequest, InputState};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::AppError;
use crate::links::Claims;
use crate::record::{TimeContext, TimeToRead};

/// What somebody is asked by a link.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = InputLink)]
pub struct InputLinkView {
    /// Id of the request.
    pub id: String,
    /// Id of the post-mortem.
    pub postmortem: String,
    /// The title of that.
    pub title: String,
    /// When the incident began.
    #[schema(value_type = String, format = DateTime)]
    pub started_at: Timestamp,
    /// The name of whoever is asked.
    pub person: String,
    /// What people call the discipline as which they are asked.
    pub discipline: String,
    /// What they are asked.
    pub questions: Vec<InputQuestion>,
    /// The name of whoever asks.
    pub asked_by: String,
    /// When the next call begins, if one is arranged.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub call_at: Option<Timestamp>,
    /// Why no more input is taken; null while it is welcome.
    pub over: Option<String>,
    /// What stands behind `#` in the link by which one is asked no more.
    pub off: String,
}

/// A link that works, and what it is about.
pub(super) struct Linked {
    pub(super) caller: Caller,
    pub(super) request: InputRequest,
    pub(super) postmortem: Postmortem,
}

impl App {
    /// What a link is about; whoever holds it acts as whom it was sent to, and in this alone.
    pub(super) async fn linked(&self, token: &str, purpose: Purpose) -> Result<Linked, AppError> {
        let claims = self.signer().await?.read(token, self.clock.now())?;
        if claims.purpose != purpose {
            return Err(AppError::invalid("token", "this link is good for something else"));
        }
        let request = self.storage.input_request(&claims.action).await?;
        let request = request.ok_or(AppError::NotFound("request"))?;
        let person = self.storage.person(&request.person_id).await?;
        let person = person.ok_or(AppError::NotFound("person"))?;
        let postmortem = self.storage.postmortem(&request.postmortem_id).await?;
        let postmortem = postmortem.ok_or(AppError::NotFound("post-mortem"))?;
        Ok(Linked { caller: Caller { person, session: None }, request, postmortem })
    }

    /// What a link asks. Changes nothing, however often it is asked, and is noted nowhere.
    pub async fn read_input_link(&self, token: &str) -> Result<InputLinkView, AppError> {
        let Linked { caller, request, postmortem } = self.linked(token, Purpose::Input).await?;
        let inquiry = self.inquiry(postmortem).await?;
        let (now, over) = (self.clock.now(), inquiry.over.map(|over| over.to_string()));
        let call_at = inquiry.call_at(now);
        // As those know it who were not in the room, once it is published.
        let titled = self.titled_for(&caller, vec![inquiry.postmortem]).await?.into_iter().next();
        let titled = titled.ok_or(AppError::NotFound("post-mortem"))?;
        let asked_by = self.storage.person(&request.asked_by).await?;
        let off = Claims::input(Purpose::InputOff, &titled.id, &request.id, &caller.person.id, now);
        Ok(InputLinkView {
            off: self.signer().await?.sign(&off),
            postmortem: titled.id,
            title: titled.title,
            started_at: titled.incident.started_at,
            person: caller.person.name,
            discipline: self.discipline_label(request.discipline.as_str()).await?,
            id: request.id,
            questions: request.questions,
            asked_by: asked_by.map(|it| it.name).unwrap_or_default(),
            call_at,
            over,
        })
    }

    /// Reads a time that somebody types at the page of a link.
    pub async fn read_input_time(
        &self,
        token: &str,
        text: String,
        zone: Option<String>,
    ) -> Result<(Reading, Option<Shown>), AppError> {
        let linked = self.linked(token, Purpose::Input).await?;
        let postmortem = Some(linked.request.postmortem_id);
        let context = TimeContext { postmortem, near: None, zone };
        self.read_time(&linked.caller, &TimeToRead { text, context }).await
    }

    /// Asks somebody no more about a post-mortem, by the link in a mail. A second time changes
    /// nothing.
    pub async fn switch_input_off(&self, token: &str) -> Result<(), AppError> {
        let linked = self.linked(token, Purpose::InputOff).await?;
        Ok(self.storage.settle_input(&linked.request.id, InputState::Off).await?)
    }

    /// The same for the caller.
    pub async fn decline_input(&self, caller: &Caller, id: &str) -> Result<(), AppError> {
        caller.permit(Operation::EditSelf)?;
        let request = self.storage.input_asked_of(id, &caller.person.id).await?;
        let request = request.ok_or(AppError::NotFound("request that waits for you"))?;
        Ok(self.storage.settle_input(&request.id, InputState::Off).await?)
    }
}
