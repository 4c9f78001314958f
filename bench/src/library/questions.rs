//! How soon a search and a page are answered.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use reqwest::Method;

use super::fill::Filled;
use super::words::{rank, word};
use crate::report::Figure;
use crate::server::Server;
use crate::stats::Samples;

/// Words that nearly every post-mortem has.
const COMMON: usize = 30;
const SEARCH_MS: f64 = 50.0;
const PAGE_MS: f64 = 30.0;
const PDF_MS: f64 = 5_000.0;

type Path = fn(&mut SmallRng, &Filled) -> String;

const SEARCHES: [(&str, Path); 8] = [
    ("a common word", |random, _| search(&[word(random.random_range(0..COMMON))])),
    ("any word", |random, _| search(&[word(rank(random))])),
    ("a rare word", |random, _| search(&[word(random.random_range(20_000..40_000))])),
    ("two common words", |random, _| {
        search(&[word(random.random_range(0..COMMON)), word(random.random_range(0..COMMON))])
    }),
    ("three words", |random, _| {
        search(&[word(rank(random)), word(rank(random)), word(rank(random))])
    }),
    ("a misspelt word", |random, _| search(&[misspelt(&word(random.random_range(500..40_000)))])),
    ("a common word and a service", |random, _| {
        let service = random.random_range(0..200);
        format!("{}&service=service-{service}", search(&[word(random.random_range(0..COMMON))]))
    }),
    ("what stands around one, those like it included", |random, filled| {
        let some = filled.some.get(random.random_range(0..filled.some.len()));
        format!("/library/{}/around", some.map_or("", String::as_str))
    }),
];

fn search(words: &[String]) -> String {
    format!("/library?limit=20&q={}", words.join("+"))
}

/// With two letters changed places.
fn misspelt(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let last = letters.len().saturating_sub(1);
    letters.swap(last.saturating_sub(1), last);
    letters.into_iter().collect()
}

pub(crate) async fn ask_all(
    server: &Server<'_>,
    filled: &Filled,
    rounds: usize,
) -> Result<Vec<Figure>> {
    let mut random = SmallRng::seed_from_u64(23);
    let mut figures = Vec::new();
    for (name, path) in SEARCHES {
        let mut samples = Samples::default();
        for _ in 0..rounds {
            samples.add(ask(server, &path(&mut random, filled)).await?);
        }
        figures.extend(told(name, &mut samples, "50 ms", |p99, _| p99 <= SEARCH_MS)?);
    }
    let mut page = Samples::default();
    for _ in 0..rounds {
        page.add(ask(server, &format!("/library/{}", filled.long)).await?);
    }
    figures.extend(told("the page of 300 entries", &mut page, "30 ms", |p99, _| p99 <= PAGE_MS)?);
    let mut pdf = Samples::default();
    for _ in 0..3 {
        let path = format!("/postmortems/{}/export?format=pdf&publication=true", filled.long);
        pdf.add(ask(server, &path).await?);
    }
    figures.extend(told("the same as PDF", &mut pdf, "5 s", |p99, _| p99 <= PDF_MS)?);
    Ok(figures)
}

fn told(
    name: &str,
    samples: &mut Samples,
    goal: &'static str,
    met: fn(f64, f64) -> bool,
) -> Result<[Figure; 2]> {
    let p99 = samples.percentile_ms(99).context("nothing was asked")?;
    let median = samples.percentile_ms(50).context("nothing was asked")?;
    eprintln!("{name}: p50 {median} ms, p99 {p99} ms of {} answers", samples.len());
    Ok([
        Figure::new(format!("{name}, p99"), "ms", p99).goal(goal, met),
        Figure::new("    p50", "ms", median),
    ])
}

async fn ask(server: &Server<'_>, path: &str) -> Result<Duration> {
    let began = Instant::now();
    let answer = server.request(Method::GET, path).send().await?;
    let status = answer.status();
    let bytes = answer.bytes().await?;
    ensure!(status.is_success(), "{path}: {status} {}", String::from_utf8_lossy(&bytes));
    Ok(began.elapsed())
}
