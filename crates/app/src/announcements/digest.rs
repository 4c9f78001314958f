//! One mail a week of what was published, and of what happened a year ago.

use afterword_domain::announcing::{concerns, next_weekly};
use afterword_domain::time::zone_named;
use afterword_storage::{LibraryHit, Subscription};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::letter::{Chapter, Draft};
use super::story::Story;
use crate::app::App;
use crate::error::AppError;
use crate::jobs::queue::{Ended, Fault};
use crate::publications::parse;

/// How far back the first mail tells.
const A_WEEK: SignedDuration = SignedDuration::from_hours(24 * 7);
const MOST: i64 = 30;
/// While no mail can be sent, is looked again after this.
const WITHOUT_MAIL: SignedDuration = SignedDuration::from_hours(24);

impl App {
    /// Tells somebody of the week if it is time; answers when the next is.
    pub(crate) async fn digest_week(&self, person: &str) -> Result<Ended, Fault> {
        let Some(person) = self.storage.person(person).await? else { return Ok(Ended::Done) };
        let wanted = self.storage.subscription(&person.id).await?;
        let now = self.clock.now();
        if !wanted.weekly {
            return Ok(Ended::Done);
        }
        let Some(mailer) = &self.mailer else {
            return Ok(now.saturating_add(WITHOUT_MAIL).map_or(Ended::Done, Ended::Again));
        };
        let zone = zone_named(&person.time_zone).unwrap_or(TimeZone::UTC);
        match next_weekly(wanted.hour, &zone, now, wanted.told_until) {
            Some(due) if due <= now => {}
            Some(due) => return Ok(Ended::Again(due)),
            None => return Ok(Ended::Done),
        }
        let published = self.published_lately(&wanted, now).await?;
        let year_ago = self.stories(&self.a_year_before(&zone, now).await?, &wanted).await?;
        if !published.is_empty() || !year_ago.is_empty() {
            let draft = Draft {
                subject: subject(&published, &year_ago),
                chapters: &[
                    Chapter { heading: "Published lately:", stories: &published },
                    Chapter { heading: "A year ago this week:", stories: &year_ago },
                ],
                occasion: format!("week {}", now.to_zoned(zone.clone()).date()),
            };
            let letter = self.letter(&person.email, &person.id, &draft).await?;
            mailer.send_letter(&letter).await.map_err(|error| {
                let why = error.to_string();
                if error.is_for_good() { Fault::Never(why) } else { Fault::Later(why) }
            })?;
        }
        self.storage.save_told_until(&person.id, now).await?;
        let next = next_weekly(wanted.hour, &zone, now, Some(now));
        Ok(next.map_or(Ended::Done, Ended::Again))
    }

    async fn published_lately(
        &self,
        wanted: &Subscription,
        now: Timestamp,
    ) -> Result<Vec<Story>, AppError> {
        let week = now.saturating_sub(A_WEEK).unwrap_or(now);
        let from = wanted.told_until.unwrap_or(week);
        let hits = self.storage.announced_between(from, now, MOST).await?;
        self.stories(&hits, wanted).await
    }

    async fn stories(
        &self,
        hits: &[LibraryHit],
        wanted: &Subscription,
    ) -> Result<Vec<Story>, AppError> {
        let organisation = self.storage.organisation().await?;
        let mut stories = Vec::new();
        for hit in hits {
            let document = parse(&hit.document)?;
            if concerns(&wanted.topics, &document.facts(&organisation)) {
                stories.push(Story::of(&document, &self.settings.public_url));
            }
        }
        Ok(stories)
    }
}

fn subject(published: &[Story], year_ago: &[Story]) -> String {
    match (published, year_ago) {
        ([only], _) => format!("Published: {}", only.title),
        ([], [only]) => format!("A year ago: {}", only.title),
        ([], more) => format!("A year ago: {} post-mortems", more.len()),
        (more, _) => format!("{} post-mortems were published", more.len()),
    }
}
