//! Bare tasks: titles of actions that say neither what will be different nor when it is done.
//!
//! "Investigate", "improve monitoring", "@ana": nobody does them, since nobody can tell when they
//! are done. Whoever writes one is asked, gently and alone, for a verb, a thing and an end that can
//! be seen. What cannot be judged is left alone, and so is every other language than English but
//! for a single word.

use std::collections::HashSet;
use std::sync::LazyLock;

/// What a title lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bare {
    /// It names somebody, or holds a place.
    Nothing,
    /// A thing without a verb.
    Thing,
    /// Looks, thinks or talks, and ends nowhere.
    Looking,
    /// Makes something better, and does not say how or how much.
    Vague,
    /// Asks people to try harder.
    Care,
}

impl Bare {
    /// What to ask the writer.
    pub fn question(self) -> &'static str {
        match self {
            Self::Nothing => "What is to be done? A verb and a thing help whoever takes it on.",
            Self::Thing => "What is to be done with it? Begin with a verb.",
            Self::Looking => "What will be there once it is done, and how would you know?",
            Self::Vague => "What exactly changes, and how would you see that it did?",
            Self::Care => "What could change, so that nobody has to remember it?",
        }
    }
}

/// What a title of an action lacks; nothing if it is empty or can be done as it stands.
pub fn bare(title: &str) -> Option<Bare> {
    if title.trim().is_empty() {
        return None;
    }
    let said = Said::read(title);
    let words = said.words();
    if words.is_empty() {
        return Some(Bare::Nothing);
    }
    if pleads(&words) {
        return Some(Bare::Care);
    }
    let task = without_opening(&words);
    match task {
        [] => Some(Bare::Nothing),
        [_] => Some(if verb_of(task).is_some() { Bare::Looking } else { Bare::Nothing }),
        task => judged(task, &said),
    }
}

/// What a beginning promises.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    /// Looks, thinks, talks.
    Look,
    /// Looks once, or for ever and ever: that depends on what follows.
    Check,
    /// Goes to somebody: to ask what, that is to be seen.
    Ask,
    /// Makes better.
    Improve,
    /// Does something definite, if the thing is.
    Do,
}

fn judged(task: &[&str], said: &Said) -> Option<Bare> {
    if pleads(task) {
        return Some(Bare::Care);
    }
    let Some((verb, length)) = verb_of(task) else {
        return is_vague(task).then_some(Bare::Thing);
    };
    let rest = &task[length..];
    if comes_to_something(rest) {
        return None;
    }
    let bounded = rest.iter().any(|word| is(Set::Bound, word)) || said.has_number;
    match verb {
        Verb::Look => (!asks_one_thing(task)).then_some(Bare::Looking),
        Verb::Check => (!bounded).then_some(Bare::Looking),
        Verb::Improve => {
            let says_how = bounded || rest.iter().any(|word| is(Set::How, word));
            (!says_how).then_some(Bare::Vague)
        }
        Verb::Ask => {
            let things = rest.iter().filter(|word| !is(Set::Filling, word)).count();
            (things <= 1).then_some(Bare::Looking)
        }
        Verb::Do => is_vague(rest).then_some(Bare::Vague),
    }
}

/// "Find out whether": a question with an answer.
fn asks_one_thing(task: &[&str]) -> bool {
    matches!(task, ["find" | "figure", "out", "whether" | "if" | "which", ..])
        || matches!(task, ["find" | "figure", "out", "how", "many" | "much" | "long" | "often", ..])
}

/// Whether nothing in it is a definite thing.
fn is_vague(words: &[&str]) -> bool {
    words.iter().all(|word| is(Set::Filling, word) || is(Set::Vague, word))
}

fn verb_of(task: &[&str]) -> Option<(Verb, usize)> {
    let pair = task.get(..2).map(|pair| pair.join(" ")).unwrap_or_default();
    let first = *task.first()?;
    if let ["keep", "an", "eye", ..] | ["take", "a", "look", ..] = task {
        Some((Verb::Look, 3))
    } else if let ["a", "look" | "chat" | "talk" | "think" | "discussion" | "conversation", ..] =
        task
    {
        // "Have a look": the first word is an opening.
        Some((Verb::Look, 2))
    } else if matches!(task, ["make", .., last] if is(Set::Comparative, last)) {
        Some((Verb::Improve, 1))
    } else if is(Set::LookPairs, &pair) {
        Some((Verb::Look, 2))
    } else if is(Set::Look, first) {
        Some((Verb::Look, 1))
    } else if is(Set::Check, first) {
        Some((Verb::Check, 1))
    } else if is(Set::Ask, first) {
        Some((Verb::Ask, 1))
    } else if is(Set::ImprovePairs, &pair) {
        Some((Verb::Improve, 2))
    } else if is(Set::Improve, first) {
        Some((Verb::Improve, 1))
    } else if is(Set::DoPairs, &pair) {
        Some((Verb::Do, 2))
    } else if is(Set::Do, first) {
        Some((Verb::Do, 1))
    } else {
        None
    }
}

/// Asks people to remember, to take care, to do better.
fn pleads(words: &[&str]) -> bool {
    let somebody = |word: &str| is(Set::Everybody, word);
    match words {
        ["be", "able", ..] => false,
        ["be" | "remember" | "double-check", ..]
        | ["pay" | "take", "more" | "closer" | "better" | "attention" | "care", ..]
        | ["don't" | "never", "forget", ..]
        | ["do", "not", "forget", ..]
        | ["double", "check", ..]
        | ["raise" | "create" | "increase", "awareness", ..]
        | ["communicate", "better" | "more", ..]
        | ["test" | "think" | "plan" | "talk" | "communicate", "more" | "harder" | "better"]
        | ["try", "harder" | "not", ..]
        | ["try", "to", "avoid" | "be" | "remember", ..]
        | ["avoid" | "prevent", "this" | "it" | "mistakes" | "such" | "that", ..] => true,
        ["remind" | "train" | "educate" | "tell", rest @ ..] => {
            let whom = rest.iter().find(|word| !is(Set::Filling, word));
            let all = rest.iter().all(|word| is(Set::Filling, word) || somebody(word));
            words[0] == "remind" && whom.is_some_and(|word| somebody(word)) || all
        }
        ["make", "sure", "that", whom, ..] | ["make", "sure", whom, ..] | ["ensure", whom, ..]
            if somebody(whom) =>
        {
            true
        }
        [whom, "should" | "must" | "has" | "needs" | "need", ..]
            if matches!(*whom, "everyone" | "everybody" | "people" | "nobody") =>
        {
            true
        }
        _ => words.ends_with(&["next", "time"]) && words.contains(&"better"),
    }
}

/// What stands before the task: "we should", "TODO", "Ana to".
fn without_opening<'w>(words: &'w [&'w str]) -> &'w [&'w str] {
    let mut rest = words;
    loop {
        rest = match rest {
            [mention, after @ ..] if mention.starts_with('@') => after,
            [opening, after @ ..] if is(Set::Opening, opening) => after,
            [_, "to" | "will" | "should", after @ ..]
                if verb_of(rest).is_none() && verb_of(after).is_some_and(|it| it.0 != Verb::Do) =>
            {
                after
            }
            _ => return rest,
        };
    }
}

/// A title as words in small letters.
struct Said {
    lower: String,
    has_number: bool,
}

impl Said {
    fn read(title: &str) -> Self {
        let lower = title.to_lowercase().replace('\u{2019}', "'");
        let has_number = lower.chars().any(|c| c.is_ascii_digit());
        Self { lower, has_number }
    }

    fn words(&self) -> Vec<&str> {
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '@' | '_' | '.');
        self.lower
            .split(|c: char| !inside(c))
            .map(|word| word.trim_matches(['-', '\'', '.', '_']))
            .filter(|word| !word.is_empty())
            .collect()
    }
}

/// Whether looking leads to something that is there afterwards: "and write it down".
fn comes_to_something(rest: &[&str]) -> bool {
    let leads = |pair: &[&str]| is(Set::Joins, pair[0]) && is(Set::Outcome, pair[1]);
    let later =
        |three: &[&str]| matches!(three[1], "then" | "to" | "also") && leads(&[three[0], three[2]]);
    let joined = rest.windows(2).any(leads) || rest.windows(3).any(later);
    let to_end = |pair: &[&str]| matches!(pair, ["so", "that"] | ["to", "ensure"]);
    let sure = |three: &[&str]| matches!(three, ["to", "make", "sure"]);
    joined || rest.windows(2).any(to_end) || rest.windows(3).any(sure) || rest.contains(&"until")
}

/// The lists of words by which titles are told apart.
#[derive(Clone, Copy)]
enum Set {
    Opening,
    Look,
    LookPairs,
    Check,
    Ask,
    Comparative,
    Improve,
    ImprovePairs,
    Do,
    DoPairs,
    Joins,
    Outcome,
    Bound,
    How,
    Filling,
    Vague,
    Everybody,
}

const SETS: [&str; 17] = [
    words::OPENING,
    words::LOOK,
    words::LOOK_PAIRS,
    words::CHECK,
    words::ASK,
    words::COMPARATIVE,
    words::IMPROVE,
    words::IMPROVE_PAIRS,
    words::DO,
    words::DO_PAIRS,
    words::JOINS,
    words::OUTCOME,
    words::BOUND,
    words::HOW,
    words::FILLING,
    words::VAGUE,
    words::EVERYBODY,
];

static READY: LazyLock<Vec<HashSet<&str>>> =
    LazyLock::new(|| SETS.iter().map(|set| set.split(',').map(str::trim).collect()).collect());

fn is(set: Set, word: &str) -> bool {
    READY.get(set as usize).is_some_and(|words| words.contains(word))
}

/// English, in small letters, separated by commas.
mod words {
    pub(super) const OPENING: &str = "\
        we, i, you, they, someone, somebody, should, must, need, needs, have, has, want, \
        could, can, to, let's, lets, please, maybe, perhaps, todo, tbd, tba, fixme, action, \
        also, just, then, try, start, begin, go, and, later, possibly, probably, would";

    pub(super) const LOOK: &str = "\
        investigate, research, explore, discuss, brainstorm, understand, consider, analyse, \
        analyze, evaluate, assess, revisit, ponder, ping, meet, sync, contact, study, \
        clarify, follow-up, reconsider, rethink, troubleshoot, diagnose";

    pub(super) const LOOK_PAIRS: &str = "\
        look into, look at, look over, look for, look deeper, look closer, look further, think about, think through, think of, \
        talk to, talk with, talk about, dig into, dig deeper, follow up, figure out, \
        find out, chat with, speak to, speak with, reach out, check with, see if, \
        see whether, work on, sit down, catch up, get back, go through, go over, deep dive";

    pub(super) const CHECK: &str = "\
        check, review, monitor, test, audit, examine, inspect, watch, observe";

    pub(super) const ASK: &str = "ask, email, call, message, notify, involve, approach";

    pub(super) const COMPARATIVE: &str = "\
        better, faster, safer, easier, simpler, clearer, robust, resilient, reliable, stable, \
        visible, efficient, secure, scalable, maintainable, observable, smoother, quicker";

    pub(super) const IMPROVE: &str = "\
        improve, enhance, optimise, optimize, strengthen, harden, increase, reduce, decrease, \
        tune, streamline, better, more, less, fewer, improved, improving, simplify, \
        stabilise, stabilize";

    pub(super) const IMPROVE_PAIRS: &str = "speed up, scale up, cut down, beef up";

    pub(super) const DO: &str = "\
        fix, update, add, write, create, handle, address, cleanup, refactor, implement, \
        extend, document, rework, solve, resolve, build, introduce, do, get, use, make, \
        prepare, define, automate, run, ensure, avoid, prevent, provide, expand, adjust, \
        change, revise, setup, organise, organize, plan, manage, schedule, hold, arrange, book, assign";

    pub(super) const DO_PAIRS: &str = "\
        clean up, set up, deal with, sort out, tidy up, take care, come up";

    pub(super) const JOINS: &str = "and, then, to, or";

    pub(super) const OUTCOME: &str = "\
        add, agree, alert, answer, block, change, choose, close, create, decide, define, \
        delete, describe, disable, document, drop, enable, file, fix, get, give, list, lower, \
        make, merge, move, name, note, open, page, pick, present, propose, publish, put, \
        raise, record, refuse, remove, rename, replace, report, restrict, rewrite, send, set, \
        share, show, split, state, stop, store, summarise, summarize, tell, turn, update, \
        upgrade, write, warn, fail, retire, correct, post";

    /// They say where, when or which.
    pub(super) const BOUND: &str = "\
        in, before, after, when, whenever, while, until, that, whether, every, each, daily, \
        weekly, monthly, quarterly, hourly, nightly, yearly, once, if, within, where, \
        instead, against";

    /// They say how.
    pub(super) const HOW: &str = "by, through, using, via, with, from, under";

    pub(super) const FILLING: &str = "\
        the, a, an, our, your, their, its, my, for, of, in, on, with, to, and, or, all, some, \
        any, this, that, these, those, it, them, new, old, more, better, good, proper, \
        properly, next, time, again, around, about, up, other, further, additional, various, \
        many, few, much, at, as, well, too, also, general, generally, overall, correctly, \
        closely, carefully, appropriate, relevant, existing, missing, necessary, possible, \
        different, related, between, across, some, so, what, we";

    pub(super) const VAGUE: &str = "\
        monitoring, monitor, monitors, alert, alerts, alerting, alarm, alarms, docs, doc, \
        documentation, test, tests, testing, unit, integration, coverage, tooling, tools, \
        logging, logs, log, metrics, process, processes, procedure, procedures, \
        communication, runbook, runbooks, playbook, playbooks, thing, things, issue, issues, \
        problem, problems, bug, bugs, error, errors, database, databases, system, systems, \
        service, services, performance, observability, reliability, resilience, resiliency, \
        capacity, noise, dashboard, dashboards, training, awareness, visibility, code, \
        infrastructure, infra, config, configuration, deploy, deploys, deployment, \
        deployments, pipeline, pipelines, backup, backups, security, quality, stability, \
        latency, flaky, tech, technical, debt, handling, automation, on-call, oncall, team, \
        teams, platform, ticket, tickets, follow-up, follow-ups, post-mortem, postmortem, \
        incident, incidents, outage, outages, situation, server, servers, app, application, \
        setup, workflow, checks, check, messages, message, review, reviews, improvement, \
        improvements, plan, strategy, solution, solutions, fix, fixes, scaling, caching, \
        retries, failover, rollback, rollbacks, staging, production, prod, ci, validation, \
        guardrails, safety, risk, risks, measures, knowledge, sharing, ownership, \
        everything, owner, owners, meeting, meetings, session, sessions, workshop, workshops, \
        call, calls, stuff, more";

    pub(super) const EVERYBODY: &str = "\
        everyone, everybody, people, we, this, it, team, teams, engineers, developers, \
        nobody, staff, others, us, all, colleagues, they";
}
