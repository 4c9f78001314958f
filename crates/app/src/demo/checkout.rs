//! The incident that the room is about to look at: payments taken twice.

use afterword_domain::action::ActionState;
use afterword_domain::analysis::{NodeKind, Tag};
use afterword_domain::incident::IncidentTimes;
use afterword_domain::timeline::EntryKind as K;
use afterword_record::edit::{NewAction, NewTheme};
use afterword_record::{Edit, ProseName};
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::evidence::Cited;
use super::people::Cast;
use super::writing::{Line, line, node};
use crate::app::App;
use crate::error::AppError;
use crate::postmortems::{PostmortemPatch, PostmortemToOpen};
use crate::secrets::new_id;
use afterword_domain::stage::Stage;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// Different people saw different things, and one of them a week earlier.
const LINES: [Line; 19] = [
    line(-6 * DAY + 2 * HOUR + 14, "tomas", "sre", K::Alert, "Alert **payments: retry queue older than 60 s** fired for four minutes and resolved by itself. The same alert as on the evening of the incident.")
        .link("https://alerts.demo.example/retry-queue/1187", "alert 1187"),
    line(-DAY + 9 * HOUR + 5, "wen", "engineering", K::Change, "Merged *Retry payment confirmation on time-out*: a confirmation that does not come within 5 s is asked for again.")
        .link("https://git.demo.example/shop/pulls/2210", "pull request 2210"),
    line(-DAY + 9 * HOUR + 40, "wen", "engineering", K::Believed, "The payment provider recognises a repeated request by its order number, so asking again is safe. That is how the old provider worked."),
    line(17 * HOUR + 52, "wen", "engineering", K::Change, "Deployed to production with eleven other changes, by the evening train.")
        .link("https://deploys.demo.example/train/481", "train 481"),
    line(18 * HOUR + 31, "tomas", "sre", K::Alert, "Alert **checkout: p95 above 2 s**, orange, large, in the on-call channel.")
        .link("https://alerts.demo.example/checkout-p95/902", "alert 902"),
    line(18 * HOUR + 31, "tomas", "sre", K::Alert, "Alert **payments: retry queue older than 60 s**, red, one line, scrolled out of view by the orange one within seconds.")
        .link("https://alerts.demo.example/retry-queue/1204", "alert 1204"),
    line(18 * HOUR + 34, "tomas", "sre", K::Believed, "Slow pages in the evening: the newsletter went out at 18:15, and it has done this twice before."),
    line(18 * HOUR + 38, "tomas", "sre", K::Did, "Added two checkout instances."),
    line(18 * HOUR + 43, "freya", "support", K::Ticket, "First customer: “You charged me twice for one pair of shoes.” Answered with the text for pending reservations.")
        .link("https://help.demo.example/tickets/58211", "ticket 58211"),
    line(18 * HOUR + 55, "freya", "support", K::Observed, "Five more with the same words. The template for double reservations was used each time, as the guide says.").lasting(20),
    line(19 * HOUR + 2, "tomas", "sre", K::Observed, "p95 back below 2 s after the new instances took traffic. The retry queue kept growing; nobody was looking at it."),
    line(19 * HOUR + 10, "daniel", "sales", K::Said, "“A reseller on the phone says his whole basket was billed two times. Is that us?” Posted in the sales channel.").about(),
    line(19 * HOUR + 26, "freya", "support", K::Did, "Wrote in the support channel that this may not be reservations. Did not know whom to call at this hour."),
    line(19 * HOUR + 41, "freya", "support", K::Said, "“Eleven tickets now, two of them from the same hour and minute. I am paging on-call by hand.”")
        .link("https://chat.demo.example/support/p1941", "message"),
    line(19 * HOUR + 44, "tomas", "sre", K::Observed, "Compared three tickets with the payment log: each order confirmed twice, 5.0 seconds apart."),
    line(19 * HOUR + 47, "wen", "engineering", K::Observed, "Was asleep (03:47 in Singapore). The page for the payments team goes to a phone that is silent at night."),
    line(19 * HOUR + 52, "tomas", "sre", K::Did, "Switched the retry off by its flag. It took four minutes to find that there is one."),
    line(19 * HOUR + 54, "tomas", "sre", K::Observed, "No double confirmation since. Queue empty at 19:57."),
    line(21 * HOUR + 30, "freya", "support", K::Did, "Wrote to 212 customers; the provider returned the second charges overnight."),
];

const SUMMARY: &str = "For two hours one evening, 212 customers were charged twice. A change that asks for a payment confirmation again after five seconds met a payment provider that treats each request as a new one. Slow pages at the same time held everyone's attention; the signal that told of the real trouble was on the same screen.";

impl App {
    pub(super) async fn write_checkout(&self, cast: &Cast, cited: &Cited) -> Result<(), AppError> {
        let midnight = self.demo_midnight(2)?;
        let minute = |minute| midnight + SignedDuration::from_mins(minute);
        let imani = cast.get("imani")?;
        let new = PostmortemToOpen {
            title: "Some customers were charged twice".to_owned(),
            incident: IncidentTimes {
                started_at: minute(17 * HOUR + 52),
                detected_at: Some(minute(18 * HOUR + 43)),
                stabilised_at: Some(minute(19 * HOUR + 54)),
                resolved_at: Some(minute(21 * HOUR + 30)),
            },
            severity: Some("SEV1".to_owned()),
            services: vec!["checkout".to_owned(), "payments".to_owned()],
            near_miss: false,
        };
        let id = self.open_postmortem(imani, new).await?.postmortem.id;
        let entries = self.write_lines(cast, &id, (midnight, &LINES), cited).await?;
        let prose = Edit::SetProse(ProseName::Summary, SUMMARY.to_owned());
        self.write_record(imani, &id, Vec::new(), vec![prose]).await?;
        self.write_checkout_analysis(cast, &id, &entries).await?;
        let patch = PostmortemPatch { stage: Some(Stage::Analyse), ..PostmortemPatch::default() };
        self.change_postmortem(imani, &id, None, patch).await.map(drop)
    }

    async fn write_checkout_analysis(
        &self,
        cast: &Cast,
        id: &str,
        entries: &[String],
    ) -> Result<(), AppError> {
        let about = |lines: &[usize]| {
            lines.iter().filter_map(|line| entries.get(*line).cloned()).collect::<Vec<_>>()
        };
        let first =
            node("How did two alerts of the same minute look beside each other?", None, |it| {
                it.entries = about(&[4, 5]);
            });
        let bigger = node(
            "The orange one is a card with a graph, the red one a single line. The channel shows the last card in full.",
            Some(&first.id),
            |it| it.kind = NodeKind::Answer,
        );
        let unseen = node(
            "The signal was there and could not be seen: severity decides neither size nor order in the on-call channel.",
            Some(&bigger.id),
            |it| {
                it.kind = NodeKind::Finding;
                it.tag = Some(Tag::Sensing);
                it.system = Some("alerting".to_owned());
            },
        );
        let second = node("How does word from customers reach on-call?", None, |it| {
            it.entries = about(&[8, 9, 12]);
        });
        let nobody = node(
            "It does not, unless somebody in support knows a person. The guide ends at “use the template”.",
            Some(&second.id),
            |it| {
                it.kind = NodeKind::Finding;
                it.tag = Some(Tag::Sensing);
                it.system = Some("support guide".to_owned());
            },
        );
        let third = node("How could asking twice have been tried small?", None, |it| {
            it.entries = about(&[1, 2]);
        });
        let staging = node(
            "Staging talks to a stand-in that recognises repeated orders, as the old provider did.",
            Some(&third.id),
            |it| {
                it.kind = NodeKind::Finding;
                it.tag = Some(Tag::Probing);
                it.system = Some("staging".to_owned());
            },
        );
        let theme = NewTheme {
            id: new_id(),
            title: "What customers say reaches on-call too late".to_owned(),
            text: "Support knew an hour before on-call did, and had no way that ends at a person."
                .to_owned(),
            nodes: vec![nobody.id.clone()],
            ..NewTheme::default()
        };
        let action = NewAction {
            id: new_id(),
            title: "Give the support guide a button that pages on-call".to_owned(),
            done_when: "Support pages on-call from a ticket in one step, and tried it once."
                .to_owned(),
            owner: Some(cast.get("freya")?.person.id.clone()),
            due: None,
            state: ActionState::Open,
            theme: Some(theme.id.clone()),
            ..NewAction::default()
        };
        let nodes = [first, bigger, unseen, second, nobody, third, staging];
        let mut edits: Vec<_> = nodes.into_iter().map(Edit::AddNode).collect();
        edits.push(Edit::AddTheme(theme));
        edits.push(Edit::AddAction(action));
        self.write_record(cast.get("imani")?, id, Vec::new(), edits).await.map(drop)
    }

    /// Midnight UTC, some days ago: the demonstration is always fresh.
    pub(super) fn demo_midnight(&self, days: i64) -> Result<Timestamp, AppError> {
        let now = self.clock.now().to_zoned(jiff::tz::TimeZone::UTC);
        let day = now.checked_sub(days.days()).and_then(|day| day.start_of_day());
        Ok(day.map_err(AppError::internal)?.timestamp())
    }
}
