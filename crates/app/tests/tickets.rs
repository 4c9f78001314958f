//! Actions and their tickets follow each other, also when the tracker misbehaves.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test, helpers included")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use afterword_app::{
    ActionPatch, ActionsWanted, App, AppError, Caller, Clock, DiskBlobs, Edit, Field, HookError,
    JobView, NewAction, PageRequest, PersonToAdd, PostmortemToOpen, Settings, Storage, TicketAsked,
    TicketProgress, TicketView, TrackerToAdd,
};
use afterword_domain::action::{Action, ActionState};
use afterword_domain::incident::IncidentTimes;
use afterword_domain::people::Role;
use afterword_domain::ticket::{Side, TicketField};
use afterword_testkit::issues::{IssueTracker, Making};
use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;

const ACTION: &str = "01890000-0000-7000-8000-000000000001";
const SECRET: &str = "a secret of sixteen";

/// An installation with one action, and its tracker.
struct Desk {
    app: Arc<App>,
    tracker: IssueTracker,
    ada: Caller,
    postmortem: String,
    seconds: Arc<AtomicI64>,
    folder: TempDir,
}

impl Desk {
    async fn open() -> Self {
        let tracker = IssueTracker::start(&["ada-l"]).await.unwrap();
        let folder = TempDir::new().unwrap();
        let path = folder.path().display();
        let storage = Storage::open(&format!("sqlite://{path}/afterword.db")).await.unwrap();
        let blobs = DiskBlobs::open(&format!("file://{path}/blobs")).unwrap();
        let seconds = Arc::new(AtomicI64::new(1_772_600_000));
        let told = seconds.clone();
        let clock =
            Clock::from_fn(move || Timestamp::from_second(told.load(Ordering::Relaxed)).unwrap());
        let settings =
            Settings { public_url: "https://a.example".to_owned(), demo: false, provider: None };
        let app = App::start(storage, blobs, None, clock, settings);
        app.start_jobs().await.unwrap();
        let ada = person(&app).await;
        let postmortem = postmortem(&app, &ada).await;
        let desk = Self { app, tracker, ada, postmortem, seconds, folder };
        desk.set_up_tracker().await;
        desk.add_action().await;
        desk
    }

    async fn set_up_tracker(&self) {
        let new = TrackerToAdd {
            id: Some("issues".to_owned()),
            vendor: "github".to_owned(),
            name: "Issues".to_owned(),
            settings: json!({"repository": "acme/checkout", "base_url": self.tracker.url()}),
            token: "a token".to_owned(),
            secret: Some(SECRET.to_owned()),
            people: [(self.ada.person.id.clone(), "ada-l".to_owned())].into(),
        };
        self.app.add_tracker(&self.ada, new).await.unwrap();
    }

    async fn add_action(&self) {
        let action = NewAction {
            id: ACTION.to_owned(),
            title: "Add a check".to_owned(),
            done_when: "it fails on the old certificate".to_owned(),
            owner: Some(self.ada.person.id.clone()),
            ..NewAction::default()
        };
        self.edit(Edit::AddAction(action)).await;
    }

    async fn edit(&self, edit: Edit) {
        self.app.write_record(&self.ada, &self.postmortem, vec![], vec![edit]).await.unwrap();
    }

    async fn change(&self, patch: ActionPatch) {
        self.edit(Edit::PatchAction(ACTION.to_owned(), patch)).await;
        self.project().await;
    }

    /// As whoever reads a list does; otherwise it is read when the record comes to rest.
    async fn project(&self) {
        let page = PageRequest { limit: 1, cursor: None };
        self.app.actions(&self.ada, &ActionsWanted::default(), &page).await.unwrap();
    }

    async fn ask(&self, ticket: Option<&str>) -> Result<TicketView, AppError> {
        let asked = TicketAsked { tracker: "issues".to_owned(), ticket: ticket.map(str::to_owned) };
        self.app.ask_ticket(&self.ada, &self.postmortem, ACTION, asked).await
    }

    async fn linked(&self) {
        self.ask(None).await.unwrap();
        self.action_until(|action| action.ticket.is_some()).await;
    }

    async fn action(&self) -> Action {
        let moment = afterword_app::Moment::Now;
        let view = self.app.record(&self.ada, &self.postmortem, moment).await.unwrap();
        view.record.actions.into_iter().next().unwrap()
    }

    async fn ticket(&self) -> TicketView {
        let all = self.app.tickets(&self.ada, &self.postmortem).await.unwrap();
        all.tickets.into_iter().next().unwrap()
    }

    async fn job(&self) -> Option<JobView> {
        self.app.jobs(&self.ada).await.unwrap().into_iter().find(|job| job.kind == "ticket")
    }

    fn issue(&self, number: u64) -> Value {
        self.tracker.issues()[&number].clone()
    }

    fn pass(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
    }

    async fn action_until(&self, is: impl Fn(&Action) -> bool) -> Action {
        until(async || Some(self.action().await).filter(&is)).await
    }

    async fn ticket_until(&self, is: impl Fn(&TicketView) -> bool) -> TicketView {
        until(async || Some(self.ticket().await).filter(&is)).await
    }

    async fn issue_until(&self, number: u64, is: impl Fn(&Value) -> bool) -> Value {
        until(async || self.tracker.issues().get(&number).cloned().filter(&is)).await
    }

    /// The tracker tells that something happened to an issue.
    async fn hook(&self, number: u64, secret: &str) -> Result<(), HookError> {
        let body = json!({
            "action": "edited", "issue": {"number": number},
            "repository": {"full_name": "acme/checkout"},
        });
        let body = body.to_string();
        let signature = afterword_testkit::issues::signature(secret, body.as_bytes());
        let mut headers = axum::http::HeaderMap::new();
        headers.insert("x-github-event", "issues".parse().unwrap());
        headers.insert("x-hub-signature-256", signature.parse().unwrap());
        self.app.take_tracker_message("issues", &headers, body.as_bytes()).await
    }
}

async fn person(app: &App) -> Caller {
    let new = PersonToAdd {
        email: "ada@example.org".to_owned(),
        name: "Ada".to_owned(),
        discipline: "sre".parse().unwrap(),
        time_zone: "UTC".to_owned(),
        role: Role::Admin,
        password: None,
    };
    Caller { person: app.add_account(new).await.unwrap(), session: None }
}

async fn postmortem(app: &App, caller: &Caller) -> String {
    let at = |text: &str| text.parse().unwrap();
    let new = PostmortemToOpen {
        title: "A long night".to_owned(),
        incident: IncidentTimes {
            started_at: at("2026-03-01T18:43:00Z"),
            detected_at: None,
            stabilised_at: Some(at("2026-03-01T19:43:00Z")),
            resolved_at: None,
        },
        severity: None,
        services: Vec::new(),
        near_miss: false,
    };
    app.open_postmortem(caller, new).await.unwrap().postmortem.id
}

/// Looks until there is an answer.
async fn until<T>(look: impl AsyncFn() -> Option<T>) -> T {
    let mut beat = tokio::time::interval(Duration::from_millis(20));
    loop {
        beat.tick().await;
        if let Some(answer) = look().await {
            return answer;
        }
    }
}

fn titled(title: &str) -> ActionPatch {
    ActionPatch { title: Some(title.to_owned()), ..ActionPatch::default() }
}

#[tokio::test]
async fn a_ticket_says_what_the_action_says_and_where_it_comes_from() {
    let desk = Desk::open().await;
    desk.linked().await;
    let issue = desk.issue(1);
    assert_eq!(issue["title"], "Add a check");
    assert_eq!(issue["assignee"]["login"], "ada-l");
    let body = issue["body"].as_str().unwrap();
    assert!(body.contains("Done when: it fails on the old certificate"), "{body}");
    let back = format!("https://a.example/postmortems/{}?ticket=", desk.postmortem);
    assert!(body.contains(&back), "{body}");

    let link = desk.action().await.ticket.unwrap();
    assert_eq!(link.name, "acme/checkout#1");
    assert_eq!(link.url, "https://github.com/acme/checkout/issues/1");
    let ticket = desk.ticket().await;
    assert_eq!((ticket.progress, ticket.note), (TicketProgress::Linked, None));
    assert!(matches!(desk.ask(None).await, Err(AppError::Conflict(_))), "one is enough");
}

#[tokio::test]
async fn each_side_follows_the_other_and_nothing_goes_to_and_fro() {
    let desk = Desk::open().await;
    desk.linked().await;
    let doing = ActionPatch { state: Some(ActionState::Doing), ..titled("Add a better check") };
    desk.change(doing).await;
    desk.issue_until(1, |issue| issue["title"] == "Add a better check").await;
    assert_eq!(desk.issue(1)["state"], "open");

    desk.tracker.set(1, "state", json!("closed"));
    desk.tracker.set(1, "state_reason", json!("completed"));
    assert!(desk.hook(1, "another secret, longer").await.is_err());
    desk.hook(1, SECRET).await.unwrap();
    let action = desk.action_until(|action| action.state == ActionState::Done).await;
    assert_eq!(action.title, "Add a better check");

    // What was taken from there is not sent there again.
    let changes = desk.tracker.changes();
    desk.project().await;
    desk.hook(1, SECRET).await.unwrap();
    until(async || {
        desk.job().await.filter(|job| job.due_at > "2026-03-05T00:00:00Z".parse().unwrap())
    })
    .await;
    assert_eq!(desk.tracker.changes(), changes);
}

#[tokio::test]
async fn what_both_changed_is_shown_and_somebody_chooses() {
    let desk = Desk::open().await;
    desk.linked().await;
    desk.tracker.set(1, "title", json!("Their words"));
    desk.change(titled("Our words")).await;
    let ticket = desk.ticket_until(|ticket| !ticket.conflicts.is_empty()).await;
    assert_eq!(ticket.conflicts[0].field, TicketField::Title);
    assert_eq!(ticket.conflicts[0].ours, "Our words");
    assert_eq!(ticket.conflicts[0].theirs, "Their words");
    assert_eq!(desk.issue(1)["title"], "Their words");
    assert_eq!(desk.action().await.title, "Our words");

    let (app, id) = (&desk.app, &desk.postmortem);
    app.choose_ticket(&desk.ada, id, ACTION, TicketField::Title, Side::Ours).await.unwrap();
    desk.issue_until(1, |issue| issue["title"] == "Our words").await;
    desk.ticket_until(|ticket| ticket.conflicts.is_empty()).await;
    assert_eq!(desk.action().await.title, "Our words");
}

#[tokio::test]
async fn an_owner_unknown_there_is_told() {
    let desk = Desk::open().await;
    let owner = Field::Set("Platform team".to_owned());
    desk.change(ActionPatch { owner, ..ActionPatch::default() }).await;
    desk.linked().await;
    let ticket = desk.ticket_until(|ticket| ticket.note.is_some()).await;
    assert!(ticket.note.unwrap().contains("Platform team"));
    assert_eq!(desk.issue(1)["assignee"], Value::Null);
}

#[tokio::test]
async fn a_ticket_that_was_promised_and_is_not_there_makes_room_for_another() {
    let desk = Desk::open().await;
    desk.tracker.making(Making::Pretended);
    desk.ask(None).await.unwrap();
    desk.ticket_until(|ticket| ticket.progress == TicketProgress::Gone).await;
    desk.tracker.making(Making::Answered);
    desk.linked().await;
    assert_eq!(desk.tracker.issues().len(), 1);
}

#[tokio::test]
async fn a_tracker_that_breaks_is_asked_again_and_gets_one_ticket() {
    for making in [Making::MadeAndBroken, Making::Broken, Making::TooOften] {
        let desk = Desk::open().await;
        desk.tracker.making(making);
        desk.ask(None).await.unwrap();
        let told = desk.ticket_until(|ticket| ticket.note.is_some()).await;
        assert_eq!(told.progress, TicketProgress::Making, "{making:?}");
        desk.tracker.making(Making::Answered);
        desk.pass(300);
        desk.action_until(|action| action.ticket.is_some()).await;
        assert_eq!(desk.tracker.issues().len(), 1, "{making:?}");
    }
}

#[tokio::test]
async fn what_was_given_up_is_seen_and_tried_again() {
    let desk = Desk::open().await;
    desk.tracker.making(Making::Unauthorised);
    desk.ask(None).await.unwrap();
    let job = until(async || desk.job().await.filter(|job| job.given_up_at.is_some())).await;
    assert!(job.problem.unwrap().contains("token"));
    desk.tracker.making(Making::Answered);
    desk.app.retry_job(&desk.ada, job.id).await.unwrap();
    desk.action_until(|action| action.ticket.is_some()).await;
}

#[tokio::test]
async fn a_ticket_that_is_there_is_linked_by_its_name() {
    let desk = Desk::open().await;
    desk.linked().await;
    desk.app.let_ticket_go(&desk.ada, &desk.postmortem, ACTION).await.unwrap();
    assert_eq!(desk.action().await.ticket, None);
    assert!(matches!(desk.ask(Some("#7")).await, Err(AppError::Invalid { field: "ticket", .. })));
    assert!(matches!(desk.ask(Some("that")).await, Err(AppError::Invalid { field: "ticket", .. })));

    desk.tracker.set(1, "state", json!("closed"));
    desk.ask(Some("acme/checkout#1")).await.unwrap();
    let action = desk.action_until(|action| action.ticket.is_some()).await;
    assert_eq!(action.title, "Add a check");
    desk.action_until(|action| action.state == ActionState::Done).await;
    assert_eq!(desk.tracker.issues().len(), 1);
}

#[tokio::test]
async fn a_server_that_stops_ends_what_it_is_at() {
    let desk = Desk::open().await;
    desk.tracker.making(Making::Held);
    let mut calls = desk.tracker.calls();
    desk.ask(None).await.unwrap();
    calls.wait_for(|calls| *calls == 1).await.unwrap();

    let stopping = tokio::spawn({
        let app = desk.app.clone();
        async move { app.stop().await }
    });
    desk.tracker.answer();
    stopping.await.unwrap();

    let url = format!("sqlite://{}/afterword.db", desk.folder.path().display());
    let storage = Storage::open(&url).await.unwrap();
    let ticket = storage.ticket_of(&desk.postmortem, ACTION).await.unwrap().unwrap();
    assert_eq!(ticket.link.unwrap().key, "acme/checkout#1");
    let jobs = storage.jobs(9).await.unwrap();
    assert!(jobs.iter().all(|job| job.taken_until.is_none()), "{jobs:?}");
}

#[tokio::test]
async fn the_link_to_a_removed_tracker_can_be_let_go() {
    let desk = Desk::open().await;
    desk.linked().await;
    desk.app.remove_tracker(&desk.ada, "issues").await.unwrap();
    assert!(desk.action().await.ticket.is_some(), "it still says where it is");
    desk.app.let_ticket_go(&desk.ada, &desk.postmortem, ACTION).await.unwrap();
    assert_eq!(desk.action().await.ticket, None);
    let again = desk.app.let_ticket_go(&desk.ada, &desk.postmortem, ACTION).await;
    assert!(matches!(again, Err(AppError::NotFound("ticket"))));
}
