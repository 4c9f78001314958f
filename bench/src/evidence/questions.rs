//! How soon a page of proposals and each question of the look-back is answered, while events come
//! in.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use jiff::SignedDuration;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use super::dataset::{HOT, now, quiet_service, service};
use super::live::THOUSAND;
use crate::report::{Figure, Table};
use crate::server::Server;
use crate::stats::Samples;

const POSTMORTEMS: usize = 40;
/// Every fifth post-mortem is about a hot service too.
const ONE_HOT_IN: usize = 5;
const WINDOWS: [&str; 4] = ["1h", "1d", "7d", "30d"];
const QUESTIONS: [&str; 5] = ["fired-before", "fired-else", "changes", "tickets", "same-hour"];
const GOAL_MS: f64 = 50.0;

/// A post-mortem whose pages are asked for.
struct About {
    id: String,
    hot: bool,
}

/// Asks for everything in turn, as often as the time allows, and at least once.
pub(crate) async fn run(server: &Server<'_>, title: String, lasting: Duration) -> Result<Table> {
    let mut random = SmallRng::seed_from_u64(7);
    let mut about = Vec::new();
    for number in 0..POSTMORTEMS {
        about.push(open(server, number.is_multiple_of(ONE_HOT_IN), &mut random).await?);
    }
    tokio::select! {
        figures = ask_all(server, &about, lasting) => Ok(Table::new(title, figures?)),
        ended = THOUSAND.run(server, "beside") => Err(ended.err().context("no inflow")?),
    }
}

async fn open(server: &Server<'_>, hot: bool, random: &mut SmallRng) -> Result<About> {
    #[derive(Deserialize)]
    struct Opened {
        id: String,
    }
    let mut services: Vec<_> =
        (0..random.random_range(1..=3)).map(|_| service(quiet_service(random))).collect();
    if hot {
        services.push(service(random.random_range(0..HOT)));
    }
    let started = now() - SignedDuration::from_mins(random.random_range(300..28_800));
    let body = json!({
        "title": "The checkout answered with a timeout",
        "services": services,
        "incident": {
            "started_at": started,
            "resolved_at": started + SignedDuration::from_hours(2),
        },
    });
    let answer = server.request(Method::POST, "/postmortems").json(&body).send().await?;
    let opened: Opened = answer.error_for_status()?.json().await?;
    Ok(About { id: opened.id, hot })
}

async fn ask_all(server: &Server<'_>, about: &[About], lasting: Duration) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let mut pages = vec![("proposals".to_owned(), "/proposals".to_owned())];
    for question in QUESTIONS {
        for window in WINDOWS {
            let path = format!("/lookback?window={window}&question={question}");
            pages.push((format!("{question}, {window}"), path));
        }
    }
    pages.push(("all questions at once, 7d".to_owned(), "/lookback?window=7d".to_owned()));
    let each = lasting / u32::try_from(pages.len())?;
    for (name, path) in pages {
        let (mut all, mut hot) = (Samples::default(), Samples::default());
        let began = Instant::now();
        while all.len() == 0 || began.elapsed() < each {
            for it in about {
                let took = ask(server, &format!("/postmortems/{}{path}", it.id)).await?;
                all.add(took);
                if it.hot {
                    hot.add(took);
                }
            }
        }
        let p99 = |samples: &mut Samples| samples.percentile_ms(99).context("nothing was asked");
        let median = all.percentile_ms(50).context("nothing was asked")?;
        eprintln!("{name}: p50 {median} ms of {} answers", all.len());
        figures.push(
            Figure::new(format!("{name}, p99"), "ms", p99(&mut all)?)
                .goal("50 ms", |p99, _| p99 <= GOAL_MS),
        );
        figures.push(Figure::new("    p50", "ms", median));
        figures.push(Figure::new(
            "    p99 where a hot service is among them",
            "ms",
            p99(&mut hot)?,
        ));
    }
    Ok(figures)
}

async fn ask(server: &Server<'_>, path: &str) -> Result<Duration> {
    let began = Instant::now();
    let answer = server.request(Method::GET, path).send().await?;
    let status = answer.status();
    let text = answer.text().await?;
    ensure!(status.is_success(), "{path} was not answered: {status} {text}");
    Ok(began.elapsed())
}
