//! An older incident, published: what the library holds from the start.

use afterword_domain::analysis::{NodeKind, Tag};
use afterword_domain::incident::IncidentTimes;
use afterword_domain::postmortem::Naming;
use afterword_domain::timeline::EntryKind as K;
use afterword_record::edit::{NewAction, NewTheme};
use afterword_record::{Edit, ProseName};
use jiff::SignedDuration;

use super::evidence::Cited;
use super::people::Cast;
use super::writing::{Line, line, node};
use crate::app::App;
use crate::error::AppError;
use crate::postmortems::PostmortemToOpen;
use crate::secrets::new_id;

const LINES: [Line; 8] = [
    line(
        -30 * 24 * 60 + 540,
        "tomas",
        "sre",
        K::Alert,
        "Mail **certificate for api.demo.example expires in 30 days** to a mailing list with two members, one of whom had left.",
    ),
    line(7 * 60 + 1, "tomas", "sre", K::Alert, "Alert **api: TLS handshake errors above 5 %**.")
        .link("https://alerts.demo.example/tls/77", "alert 77"),
    line(
        7 * 60 + 3,
        "freya",
        "support",
        K::Ticket,
        "The first partner reports that their warehouse cannot fetch orders.",
    )
    .link("https://help.demo.example/tickets/54002", "ticket 54002"),
    line(
        7 * 60 + 9,
        "tomas",
        "sre",
        K::Believed,
        "The load balancer was replaced the evening before; it must have to do with that.",
    ),
    line(7 * 60 + 12, "tomas", "sre", K::Did, "Took the new load balancer out.").lasting(9),
    line(
        7 * 60 + 26,
        "wen",
        "engineering",
        K::Observed,
        "`openssl s_client` says: certificate has expired, 07:00:00Z.",
    ),
    line(7 * 60 + 31, "tomas", "sre", K::Did, "Issued a certificate by hand and installed it."),
    line(7 * 60 + 38, "freya", "support", K::Said, "“The partner says orders come in again.”"),
];

const SUMMARY: &str = "For 38 minutes partners could not fetch orders, because the certificate of their interface had expired. The reminder had been sent, to a list that nobody read any more.";
const LEARNED: &str = "- A reminder needs a reader, and the reader needs to be someone's job.\n- The change that everybody remembers is the first thing one looks at.";

impl App {
    pub(super) async fn write_certificates(
        &self,
        cast: &Cast,
        cited: &Cited,
    ) -> Result<(), AppError> {
        let midnight = self.demo_midnight(24)?;
        let minute = |minute| midnight + SignedDuration::from_mins(minute);
        let imani = cast.get("imani")?;
        let new = PostmortemToOpen {
            title: "Partners could not fetch orders for 38 minutes".to_owned(),
            incident: IncidentTimes {
                started_at: minute(7 * 60),
                detected_at: Some(minute(7 * 60 + 1)),
                stabilised_at: Some(minute(7 * 60 + 31)),
                resolved_at: Some(minute(7 * 60 + 38)),
            },
            severity: Some("SEV2".to_owned()),
            services: vec!["partner-api".to_owned()],
            near_miss: false,
        };
        let id = self.open_postmortem(imani, new).await?.postmortem.id;
        self.write_lines(cast, &id, (midnight, &LINES), cited).await?;
        self.write_record(imani, &id, Vec::new(), Self::certificates_analysis(cast)?).await?;
        self.publish(imani, &id, Some(Naming::Roles), false).await.map(drop)
    }

    fn certificates_analysis(cast: &Cast) -> Result<Vec<Edit>, AppError> {
        let question = node("How would somebody have learned of the date in time?", None, |_| {});
        let finding = node(
            "By a mail to a list. Nobody noticed that its readers had gone.",
            Some(&question.id),
            |it| {
                it.kind = NodeKind::Finding;
                it.tag = Some(Tag::Sensing);
                it.system = Some("alerting".to_owned());
            },
        );
        let theme = NewTheme {
            id: new_id(),
            title: "Reminders that reach nobody".to_owned(),
            text: "Signals that go to lists outlive the people on them.".to_owned(),
            nodes: vec![finding.id.clone()],
            ..NewTheme::default()
        };
        let action = NewAction {
            id: new_id(),
            title: "Page on-call 14 days before a certificate expires".to_owned(),
            done_when: "A certificate with 13 days left has paged in a test.".to_owned(),
            owner: Some(cast.get("tomas")?.person.id.clone()),
            theme: Some(theme.id.clone()),
            ..NewAction::default()
        };
        Ok(vec![
            Edit::SetProse(ProseName::Summary, SUMMARY.to_owned()),
            Edit::SetProse(ProseName::Learned, LEARNED.to_owned()),
            Edit::AddNode(question),
            Edit::AddNode(finding),
            Edit::AddTheme(theme),
            Edit::AddAction(action),
        ])
    }
}
