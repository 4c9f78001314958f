//! From an action to a message that a mail server took, and from its links back to the action.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use afterword_domain::action::{Action, ActionState};
use afterword_domain::chasing::{Given, Often};
use afterword_domain::incident::IncidentTimes;
use afterword_domain::people::Role;
use afterword_integrations::chat::ChatKind;
use afterword_integrations::mail::Mailer;
use afterword_record::edit::{ActionPatch, Field, NewAction};
use afterword_record::{Edit, Part};
use afterword_storage::{DiskBlobs, Storage};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use jiff::Timestamp;
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::{ChatWish, ReminderWishes};
use crate::access::Caller;
use crate::answers::Answered;
use crate::app::{App, Settings};
use crate::clock::Clock;
use crate::error::AppError;
use crate::jobs::queue::{Ended, Fault};
use crate::people::PersonToAdd;
use crate::postmortems::PostmortemToOpen;

/// A Tuesday, 10:00 in Berlin.
const BEGIN: &str = "2026-03-03T09:00:00Z";
const DAY: i64 = 86_400;
const ONE: &str = "0198c5a2-6b1e-7c3a-9d55-000000000001";
const TWO: &str = "0198c5a2-6b1e-7c3a-9d55-000000000002";

/// A mail server that refuses on purpose, and keeps what it takes.
#[derive(Clone, Default)]
pub(crate) struct Post {
    /// What it answers to the next recipients, instead of taking them.
    pub(crate) refusals: Arc<Mutex<VecDeque<&'static str>>>,
    taken: Arc<Mutex<Vec<String>>>,
    /// Whether it hangs up after the next mail instead of saying that it took it.
    pub(crate) hangs_up: Arc<AtomicBool>,
}

impl Post {
    async fn serve(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let post = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let post = post.clone();
                tokio::spawn(async move { post.converse(stream).await });
            }
        });
        format!("smtp://{address}")
    }

    async fn converse(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = stream.split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 here\r\n").await?;
        while let Some(line) = lines.next_line().await? {
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            let refusal = (verb == "RCPT").then(|| self.refusals.lock().unwrap().pop_front());
            let answer = match (&verb[..], refusal.flatten()) {
                (_, Some(refusal)) => refusal,
                ("DATA", _) => {
                    write.write_all(b"354 go on\r\n").await?;
                    let mut mail = Vec::new();
                    while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                        mail.push(line);
                    }
                    self.taken.lock().unwrap().push(mail.join("\n"));
                    if self.hangs_up.swap(false, Ordering::Relaxed) {
                        return Ok(());
                    }
                    "250 taken"
                }
                ("QUIT", _) => "221 good bye",
                _ => "250 fine",
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
        Ok(())
    }

    pub(crate) fn mails(&self) -> Vec<String> {
        let unfolded = |mail: &String| mail.replace("=\n", "").replace("=3D", "=");
        self.taken.lock().unwrap().iter().map(unfolded).collect()
    }
}

/// An installation with Ada, who owns an action that is due on 4 March.
pub(crate) struct House {
    pub(crate) app: Arc<App>,
    pub(crate) post: Post,
    seconds: Arc<AtomicI64>,
    pub(crate) ada: Caller,
    pub(crate) postmortem: String,
    _folder: TempDir,
}

impl House {
    pub(crate) async fn open() -> Self {
        let post = Post::default();
        let folder = TempDir::new().unwrap();
        let path = folder.path().display();
        let storage = Storage::open(&format!("sqlite://{path}/afterword.db")).await.unwrap();
        let blobs = DiskBlobs::open(&format!("file://{path}/blobs")).unwrap();
        let mailer = Mailer::new(&post.serve().await, "localhost").unwrap();
        let begin: Timestamp = BEGIN.parse().unwrap();
        let seconds = Arc::new(AtomicI64::new(begin.as_second()));
        let told = seconds.clone();
        let clock =
            Clock::from_fn(move || Timestamp::from_second(told.load(Ordering::Relaxed)).unwrap());
        let settings = Settings {
            public_url: "http://127.0.0.1:8787".to_owned(),
            demo: false,
            provider: None,
        };
        let app = App::start(storage, blobs, Some(mailer), clock, settings);
        let ada = person(&app, "ada").await;
        let postmortem = opened(&app, &ada).await;
        let house = Self { app, post, seconds, ada, postmortem, _folder: folder };
        house.decide(ONE, "2026-03-04").await;
        house
    }

    /// An action of Ada's.
    async fn decide(&self, id: &str, due: &str) {
        let new = NewAction {
            id: id.to_owned(),
            title: format!("Page on failed check-outs {}", if id == ONE { 1 } else { 2 }),
            owner: Some(self.ada.person.id.clone()),
            due: Some(due.parse().unwrap()),
            ..NewAction::default()
        };
        let edits = vec![Edit::AddAction(new)];
        self.app.write_record(&self.ada, &self.postmortem, Vec::new(), edits).await.unwrap();
    }

    /// Invites somebody to the post-mortem's calls.
    pub(crate) async fn invite(&self, person: &str) {
        let now = self.app.clock.now();
        self.app.storage.set_invitee(&self.postmortem, person, true, now).await.unwrap();
    }

    pub(crate) async fn uninvite(&self, person: &str) {
        let now = self.app.clock.now();
        assert!(self.app.storage.remove_invitee(&self.postmortem, person, now).await.unwrap());
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
    }

    async fn remind(&self) -> Result<Ended, Fault> {
        self.app.remind(&self.ada.person.id).await
    }

    /// Reminds where nothing may go wrong; answers when to look again.
    async fn reminded(&self) -> Option<Timestamp> {
        match self.remind().await {
            Ok(Ended::Again(at)) => Some(at),
            Ok(Ended::Done) => None,
            Err(fault) => panic!("it went wrong: {fault:?}"),
        }
    }

    /// The link of the newest mail with these words before it.
    pub(crate) fn token(&self, words: &str) -> String {
        let mails = self.post.mails();
        let mail = mails.last().expect("a mail");
        let line = mail.lines().find(|line| line.contains(words)).expect("such a line");
        line.split_once('#').expect("a link").1.trim().to_owned()
    }

    async fn action(&self) -> Action {
        let record = self.app.current_record(&self.postmortem).await.unwrap().record;
        record.actions.into_iter().find(|it| it.id == ONE).unwrap()
    }

    async fn wish(&self, wishes: ReminderWishes) {
        self.app.change_reminders(&self.ada, &self.ada.person.id, None, wishes).await.unwrap();
    }
}

pub(crate) async fn person(app: &App, name: &str) -> Caller {
    let new = PersonToAdd {
        email: format!("{name}@example.org"),
        name: name.to_owned(),
        discipline: "sre".parse().unwrap(),
        time_zone: "Europe/Berlin".to_owned(),
        role: Role::Member,
        password: None,
    };
    Caller { person: app.add_account(new).await.unwrap(), session: None }
}

async fn opened(app: &App, by: &Caller) -> String {
    let started_at: Timestamp = "2026-03-01T18:00:00Z".parse().unwrap();
    let incident = IncidentTimes {
        started_at,
        detected_at: None,
        stabilised_at: Some(started_at),
        resolved_at: None,
    };
    let new = PostmortemToOpen {
        title: "Check-out fails".to_owned(),
        incident,
        severity: None,
        services: Vec::new(),
        near_miss: false,
    };
    app.open_postmortem(by, new).await.unwrap().postmortem.id
}

fn wishes(often: Often) -> ReminderWishes {
    ReminderWishes { often, hour: 9, quiet: None, mail: true, chat: None }
}

pub(crate) fn header<'m>(mail: &'m str, name: &str) -> &'m str {
    let line = mail.lines().find(|line| line.starts_with(name));
    line.unwrap_or_else(|| panic!("no {name} in\n{mail}"))
}

fn says(answer: Result<Answered, AppError>) -> String {
    answer.unwrap_err().to_string()
}

#[tokio::test]
async fn each_occasion_is_told_once_and_the_next_is_looked_ahead_to() {
    let house = House::open().await;
    let next = house.reminded().await.unwrap();
    let mails = house.post.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains("Due tomorrow: Page on failed check-outs 1"), "{}", mails[0]);
    // On the day itself, at nine in Berlin, but twenty hours after the one before.
    assert_eq!(next, "2026-03-04T08:00:00Z".parse::<Timestamp>().unwrap());

    assert_eq!(house.reminded().await, Some(next), "asked again, nothing is told again");
    assert_eq!(house.post.mails().len(), 1);
    house.pass(DAY);
    house.reminded().await;
    assert!(house.post.mails()[1].contains("Due today"));
    house.pass(DAY);
    house.reminded().await;
    assert_eq!(house.post.mails().len(), 2, "an overdue action is left alone for a week");
}

#[tokio::test]
async fn several_actions_stand_in_one_message() {
    let house = House::open().await;
    house.decide(TWO, "2026-03-05").await;
    house.reminded().await;
    let [mail] = &house.post.mails()[..] else { panic!("one mail") };
    assert!(header(mail, "Subject:").contains("2 actions of yours"), "{mail}");
    for title in ["Page on failed check-outs 1", "Page on failed check-outs 2"] {
        assert!(mail.contains(title), "{title} is missing");
    }
}

#[tokio::test]
async fn a_mail_server_that_refuses_for_now_is_asked_again_and_the_mail_is_the_same() {
    let house = House::open().await;
    house.post.refusals.lock().unwrap().push_back("450 come back later");
    assert!(matches!(house.remind().await, Err(Fault::Later(_))));
    assert!(house.post.mails().is_empty());

    // It took the mail, and its answer was lost: the mail goes again, and is known again.
    house.post.hangs_up.store(true, Ordering::Relaxed);
    assert!(matches!(house.remind().await, Err(Fault::Later(_))));
    house.reminded().await;
    let [first, second] = &house.post.mails()[..] else { panic!("two mails") };
    assert_eq!(header(first, "Message-ID:"), header(second, "Message-ID:"));
}

#[tokio::test]
async fn a_mail_server_that_refuses_for_good_is_not_asked_again_by_itself() {
    let house = House::open().await;
    house.post.refusals.lock().unwrap().push_back("550 no such person");
    let Err(Fault::Never(why)) = house.remind().await else { panic!("it has to give up") };
    assert!(why.contains("no such person"), "{why}");
}

#[tokio::test]
async fn who_wants_nothing_is_told_nothing() {
    let house = House::open().await;
    house.wish(wishes(Often::Off)).await;
    assert_eq!(house.reminded().await, None);
    house.wish(wishes(Often::Weekly)).await;
    assert_eq!(house.reminded().await, Some("2026-03-09T08:00:00Z".parse().unwrap()));
    house.wish(ReminderWishes { mail: false, ..wishes(Often::Daily) }).await;
    assert_eq!(house.reminded().await, None);
    assert!(house.post.mails().is_empty());
}

#[tokio::test]
async fn one_press_in_a_mail_switches_them_off() {
    let house = House::open().await;
    house.reminded().await;
    let mail = house.post.mails().remove(0);
    assert_eq!(
        header(&mail, "List-Unsubscribe-Post:"),
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    );
    let (_, token) = header(&mail, "List-Unsubscribe:").split_once("token=").unwrap();
    let token = token.trim_end_matches('>');
    for _ in 0..2 {
        house.app.switch_reminders_off(token).await.unwrap();
    }
    let stands = house.app.reminders(&house.ada, &house.ada.person.id).await.unwrap();
    assert_eq!(stands.often, Often::Off);
    let answers = house.app.read_answer(token).await;
    assert!(matches!(answers, Err(AppError::Invalid { .. })), "it answers nothing");
    let on_it = house.token("I am on it:");
    assert!(house.app.switch_reminders_off(&on_it).await.is_err(), "nor does an answer do this");
}

#[tokio::test]
async fn an_answer_is_written_once_in_the_name_of_whoever_was_told() {
    let house = House::open().await;
    house.reminded().await;
    let declined = house.token("because");
    let asked = house.app.read_answer(&declined).await.unwrap();
    assert_eq!(asked.title, "Page on failed check-outs 1");
    assert_eq!(house.action().await.state, ActionState::Open, "reading changes nothing");

    let empty = house.app.confirm_answer(&declined, Given::default()).await;
    assert!(matches!(empty, Err(AppError::Invalid { field: "reason", .. })), "{empty:?}");
    let given = Given { reason: "too costly".to_owned(), ..Given::default() };
    house.app.confirm_answer(&declined, given.clone()).await.unwrap();
    let action = house.action().await;
    assert_eq!((action.state, action.reason.as_str()), (ActionState::Declined, "too costly"));
    let log = house.app.log_of(&house.postmortem).await.unwrap();
    assert_eq!(log.last().unwrap().person.as_ref(), Some(&house.ada.person.id));

    assert!(says(house.app.confirm_answer(&declined, given).await).contains("used already"));
    // The other links of the mail say how it stands, instead of failing.
    let done = house.token("It is done:");
    let answered = house.app.confirm_answer(&done, Given::default()).await.unwrap();
    assert!(answered.sentence.contains("too costly"), "{}", answered.sentence);
    assert_eq!(house.action().await.state, ActionState::Declined);
    assert_eq!(house.reminded().await, None, "nobody waits for it");
}

#[tokio::test]
async fn another_date_has_to_be_ahead_and_makes_new_occasions() {
    let house = House::open().await;
    house.reminded().await;
    let token = house.token("another date");
    let on = |day: &str| Given { due: Some(day.parse().unwrap()), ..Given::default() };
    let past = house.app.confirm_answer(&token, on("2026-03-02")).await;
    assert!(matches!(past, Err(AppError::Invalid { field: "due", .. })), "{past:?}");
    house.app.confirm_answer(&token, on("2026-04-20")).await.unwrap();
    assert_eq!(house.action().await.due, Some("2026-04-20".parse().unwrap()));
    // It was decided on 3 March: two weeks after that comes before three days ahead of the date.
    let next = house.reminded().await;
    assert_eq!(next, Some("2026-03-17T08:00:00Z".parse().unwrap()));
}

#[tokio::test]
async fn a_link_is_refused_after_its_time_and_when_the_action_is_anothers_or_gone() {
    let house = House::open().await;
    house.reminded().await;
    let (on_it, done) = (house.token("I am on it:"), house.token("It is done:"));
    let bo = person(&house.app, "bo").await;
    let give = |to: &Caller| {
        let owner = Field::Set(to.person.id.clone());
        let patch = ActionPatch { owner, ..ActionPatch::default() };
        vec![Edit::PatchAction(ONE.to_owned(), patch)]
    };
    let write = async |edits| {
        house.app.write_record(&house.ada, &house.postmortem, Vec::new(), edits).await.unwrap();
    };
    let confirm = async |token: &str| house.app.confirm_answer(token, Given::default()).await;
    write(give(&bo)).await;
    assert!(says(confirm(&on_it).await).contains("not yours any more"));
    write(give(&house.ada)).await;
    confirm(&on_it).await.unwrap();
    assert_eq!(house.action().await.state, ActionState::Doing);

    house.pass(30 * DAY);
    assert!(says(confirm(&done).await).contains("too old"));
    house.pass(-29 * DAY);
    write(vec![Edit::Delete(Part::Actions, ONE.to_owned())]).await;
    assert!(says(confirm(&done).await).contains("taken out"));
}

/// A chat service that keeps what it is sent, until it knows the webhook no more.
async fn chat(taken: Arc<Mutex<Vec<Value>>>, status: StatusCode) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let keep = move |State(taken): State<Arc<Mutex<Vec<Value>>>>, Json(body): Json<Value>| async move {
        taken.lock().unwrap().push(body);
        status
    };
    let router = axum::Router::new().route("/hook", post(keep)).with_state(taken);
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/hook")
}

#[tokio::test]
async fn a_channel_of_ones_own_gets_the_same() {
    let house = House::open().await;
    let taken = Arc::new(Mutex::new(Vec::new()));
    let url = chat(taken.clone(), StatusCode::OK).await;
    let wish = Some(ChatWish { kind: ChatKind::Slack, url });
    house.wish(ReminderWishes { chat: wish, ..wishes(Often::Daily) }).await;
    house.reminded().await;
    house.reminded().await;
    assert_eq!((taken.lock().unwrap().len(), house.post.mails().len()), (1, 1));
    let text = taken.lock().unwrap()[0]["text"].as_str().unwrap().to_owned();
    assert!(text.starts_with("Due tomorrow: Page on failed check-outs 1"), "{text}");
}

#[tokio::test]
async fn a_webhook_that_is_gone_is_told_to_its_owner_and_the_mail_still_goes() {
    let house = House::open().await;
    let url = chat(Arc::default(), StatusCode::NOT_FOUND).await;
    let wish = Some(ChatWish { kind: ChatKind::Teams, url });
    house.wish(ReminderWishes { chat: wish.clone(), ..wishes(Often::Daily) }).await;
    house.reminded().await;
    assert_eq!(house.post.mails().len(), 1);
    let stands = house.app.reminders(&house.ada, &house.ada.person.id).await.unwrap();
    assert_eq!(stands.chat, wish);
    let problem = stands.chat_problem.unwrap();
    assert!(problem.contains("no such webhook") && !problem.contains("/hook"), "{problem}");
}
