//! People type at a fixed rate: how soon others see it, and what it costs the server.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use tokio::time::{Instant, sleep, sleep_until};

use super::meeting::Meeting;
use super::report::{Figure, Goal, float};
use super::witness::{Listener, Stopwatch};
use super::writer::{self, Pace, Writer};
use crate::server::{Installation, Kind, Programs, Server, own_cpu};

const WARM_UP: Duration = Duration::from_secs(2);
/// How long an edit may take to arrive before it counts as not delivered.
const PATIENCE: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(5);

/// Who types where, and how fast.
pub(crate) struct Load {
    documents: usize,
    writers_each: usize,
    /// So many of the documents have clients that only look on.
    observed: usize,
    /// How many each of these has.
    watchers: usize,
    edits_per_second: u32,
    /// Carets are shown, people vote, and a timer runs.
    meeting: bool,
}

const TYPING: Load = Load {
    documents: 1,
    writers_each: 50,
    observed: 0,
    watchers: 0,
    edits_per_second: 2,
    meeting: false,
};

pub(crate) const LOADS: [Load; 5] = [
    TYPING,
    Load { edits_per_second: 8, ..TYPING },
    Load { documents: 500, writers_each: 1, observed: 25, watchers: 1, ..TYPING },
    Load { meeting: true, ..TYPING },
    Load { writers_each: 15, observed: 1, watchers: 200, ..TYPING },
];

/// Everybody who is connected.
struct Crowd {
    stopwatch: Rc<RefCell<Stopwatch>>,
    documents: Vec<String>,
    writers: Vec<Writer>,
    listeners: Vec<Listener>,
}

/// What the typing cost.
struct Cost {
    server: Duration,
    generator: Duration,
    wall: Duration,
}

impl Load {
    pub(crate) fn title(&self) -> String {
        let Self { documents, writers_each, observed, watchers, edits_per_second: rate, meeting } =
            self;
        match documents {
            1 if *meeting => {
                format!("A meeting of {writers_each}: carets, timer and votes, {rate} edits/s each")
            }
            1 if *watchers > 0 => {
                format!("One record, {writers_each} people, {rate} edits/s each, {watchers} watch")
            }
            1 => format!("One record, {writers_each} people, {rate} edits/s each"),
            _ => format!(
                "{documents} records of one person, {rate} edits/s each, {observed} observed"
            ),
        }
    }

    pub(crate) async fn run(
        &self,
        kind: Kind,
        programs: &Programs,
        typing: Duration,
    ) -> Result<Vec<Figure>> {
        let installation = Installation::new(kind, programs).await?;
        let server = installation.start().await?;
        let mut random = SmallRng::seed_from_u64(super::SEED);
        let mut crowd = self.gather(&server, &mut random).await?;
        let meeting = self.meet(kind, &server, &crowd.documents).await?;
        let typed = self.measure(&server, &mut crowd, typing, &mut random);
        let cost = match &meeting {
            None => typed.await?,
            Some(meeting) => tokio::select! {
                cost = typed => cost?,
                ended = meeting.go_on(&server) => bail!(ended.err().context("nobody meets")?),
            },
        };
        let resident = server.resident()?;
        for listener in &mut crowd.listeners {
            listener.check().await?;
        }
        self.figures(&mut crowd.stopwatch.borrow_mut(), &cost, resident)
    }

    /// Opens the meeting, in the first record; the peer knows carets alone.
    async fn meet(
        &self,
        kind: Kind,
        server: &Server<'_>,
        documents: &[String],
    ) -> Result<Option<Meeting>> {
        match documents {
            [first, ..] if self.meeting && kind == Kind::Afterword => {
                Ok(Some(Meeting::open(server, first).await?))
            }
            _ => Ok(None),
        }
    }

    async fn gather(&self, server: &Server<'_>, random: &mut SmallRng) -> Result<Crowd> {
        let stopwatch = Rc::new(RefCell::new(Stopwatch::default()));
        let (documents, writers, listeners) = (Vec::new(), Vec::new(), Vec::new());
        let mut crowd = Crowd { stopwatch, documents, writers, listeners };
        for number in 0..self.documents {
            let document = server.create_document().await?;
            let address = server.address(&document);
            crowd.documents.push(document);
            let watchers = if number < self.observed { self.watchers } else { 0 };
            let audience = self.writers_each - 1 + watchers;
            for _ in 0..self.writers_each {
                let joined = Writer::join(&address, random, audience, &crowd.stopwatch).await?;
                let (mut writer, listener) = joined;
                if self.meeting {
                    writer.show_caret();
                }
                crowd.writers.push(writer);
                crowd.listeners.push(listener);
            }
            for _ in 0..watchers {
                crowd.listeners.push(writer::observe(&address, &crowd.stopwatch).await?);
            }
        }
        Ok(crowd)
    }

    /// Everybody types for the warm-up and the measured time; ends when all has arrived.
    async fn measure(
        &self,
        server: &Server<'_>,
        crowd: &mut Crowd,
        typing: Duration,
        random: &mut SmallRng,
    ) -> Result<Cost> {
        let begin = Instant::now() + WARM_UP;
        let period = Duration::from_secs(1) / self.edits_per_second;
        let mut tasks = Vec::new();
        for writer in crowd.writers.drain(..) {
            let first = begin - WARM_UP + period.mul_f64(random.random());
            let pace = Pace { first, period, end: begin + typing };
            tasks.push(tokio::task::spawn_local(writer.type_at(pace)));
        }
        sleep_until(begin).await;
        crowd.stopwatch.borrow_mut().running = true;
        let (server_before, own_before) = (server.cpu()?, own_cpu()?);
        for task in tasks {
            crowd.writers.push(task.await??);
        }
        wait_for_deliveries(&crowd.stopwatch).await;
        Ok(Cost {
            server: server.cpu()?.saturating_sub(server_before),
            generator: own_cpu()?.saturating_sub(own_before),
            wall: begin.elapsed(),
        })
    }

    /// A meeting has to feel immediate, whatever the peer does.
    fn latest(&self) -> Goal {
        if self.meeting { Goal::Value(50.0) } else { Goal::Ratio(1.0) }
    }

    /// Half a core is what a meeting may take.
    fn whole_cost(&self, percent: f64) -> Figure {
        let figure = Figure::new("server CPU, of one core", "%", percent);
        if self.meeting { figure.goal(Goal::Value(50.0)) } else { figure }
    }

    /// Where nearly everybody is alone in a record, an edit is what the server works for;
    /// elsewhere it is each delivery of one.
    fn server_cost(&self, stopwatch: &Stopwatch, cost: &Cost) -> Figure {
        let (name, count) = if self.writers_each > 1 {
            ("server CPU per delivered update", stopwatch.visible.len())
        } else {
            ("server CPU per edit", stopwatch.edits())
        };
        let micros = cost.server.as_secs_f64() * 1e6 / float(count);
        Figure::new(name, "us", micros).goal(Goal::Ratio(0.5))
    }

    fn figures(
        &self,
        stopwatch: &mut Stopwatch,
        cost: &Cost,
        resident: u64,
    ) -> Result<Vec<Figure>> {
        let undelivered = stopwatch.undelivered() + stopwatch.unacknowledged();
        let updates_per_frame = float(stopwatch.visible.len()) / float(stopwatch.frames);
        let percent = |cpu: Duration| cpu.as_secs_f64() / cost.wall.as_secs_f64() * 100.0;
        Ok(vec![
            visible("edit to visible elsewhere, p50", stopwatch, 50)?,
            visible("edit to visible elsewhere, p99", stopwatch, 99)?.goal(self.latest()),
            acknowledged("edit to acknowledged, p50", stopwatch, 50)?,
            acknowledged("edit to acknowledged, p99", stopwatch, 99)?,
            self.server_cost(stopwatch, cost),
            self.whole_cost(percent(cost.server)),
            Figure::new("load generator CPU, of one core", "%", percent(cost.generator)),
            Figure::new("server memory at the end", "MB", float(resident / 1024) / 1024.0),
            Figure::new("edits made", "", float(stopwatch.edits())),
            Figure::new("updates delivered", "", float(stopwatch.visible.len())),
            Figure::new("updates in one frame, mean", "", updates_per_frame),
            Figure::new("never delivered or acknowledged", "", float(undelivered))
                .goal(Goal::Value(0.0)),
        ])
    }
}

async fn wait_for_deliveries(stopwatch: &RefCell<Stopwatch>) {
    let deadline = Instant::now() + PATIENCE;
    let missing = || stopwatch.borrow().undelivered() + stopwatch.borrow().unacknowledged();
    while missing() > 0 && Instant::now() < deadline {
        sleep(POLL).await;
    }
}

fn visible(name: &'static str, stopwatch: &mut Stopwatch, percent: usize) -> Result<Figure> {
    let value = stopwatch.visible.percentile_ms(percent);
    Ok(Figure::new(name, "ms", value.context("no edit became visible to anyone")?))
}

fn acknowledged(name: &'static str, stopwatch: &mut Stopwatch, percent: usize) -> Result<Figure> {
    let value = stopwatch.acknowledged.percentile_ms(percent);
    Ok(Figure::new(name, "ms", value.context("no edit was acknowledged")?))
}
