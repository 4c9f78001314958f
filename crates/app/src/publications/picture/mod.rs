//! The picture of the lanes as SVG: the same on the page, in a file and on paper.
//!
//! Every part has its colour of the light page, and a class by which the web page gives it another.

mod colours;

use afterword_domain::lanes::{Lane, Mark, Picture, Side, describe, length_words, picture};
use afterword_domain::people::Discipline;
use afterword_domain::timeline::{Entry, EntryKind, Precision};
use afterword_record::rich;
use afterword_storage::DisciplineLabel;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};

use self::colours::{class, colour};
use super::document::Document;
use super::words::{label_of, shortened, when, xml};

/// How wide the picture is on a screen.
pub(super) const SCREEN: f64 = 860.0;
/// How wide it is on paper, where its words become smaller with it.
pub(super) const PAPER: f64 = 680.0;
/// The lanes' names, before the picture.
const NAMES: f64 = 104.0;
const AXIS: f64 = 46.0;
const FOOT: f64 = 22.0;
const LEVEL: f64 = 24.0;
const PADDING: f64 = 10.0;
const R: f64 = 7.0;
const LONGEST: usize = 160;

const FONT: &str = "Libertinus Serif, Literata Variable, Georgia, serif";
const SMALL: &str = "12";
const INK: &str = "#2a2520";
const SOFT: &str = "#5a5249";
const RULE: &str = "#e4dccf";
const ATTENTION: &str = "#845300";

/// A picture with the same in words.
pub(super) struct Drawn {
    pub(super) svg: String,
    pub(super) words: String,
}

/// Draws the record of a document on so much width; `None` if nothing in it has a time.
pub(super) fn draw(document: &Document, labels: &[DisciplineLabel], width: f64) -> Option<Drawn> {
    let order: Vec<Discipline> = labels.iter().map(|it| it.slug.clone()).collect();
    let picture = picture(&document.timeline, &document.incident, &order, width - NAMES)?;
    let words = describe(&picture, |lane| label_of(labels, &lane.discipline));
    let drawing = Drawing { picture: &picture, entries: &document.timeline, labels };
    Some(Drawn { svg: drawing.svg(&words).into_string(), words })
}

struct Drawing<'a> {
    picture: &'a Picture,
    entries: &'a [Entry],
    labels: &'a [DisciplineLabel],
}

/// A length as it stands in an attribute.
fn n(length: f64) -> String {
    let text = format!("{length:.1}");
    text.strip_suffix(".0").map(ToOwned::to_owned).unwrap_or(text)
}

fn lane_height(lane: &Lane) -> f64 {
    f64::from(lane.levels) * LEVEL + 2.0 * PADDING
}

fn clock(at: Timestamp) -> String {
    TimeZone::UTC.to_datetime(at).strftime("%H:%M").to_string()
}

fn day(at: Timestamp) -> String {
    TimeZone::UTC.to_datetime(at).strftime("%-d %B %Y").to_string()
}

impl Drawing<'_> {
    fn height(&self) -> f64 {
        AXIS + FOOT + self.picture.lanes.iter().map(lane_height).sum::<f64>()
    }

    /// Each lane with where it begins.
    fn lanes(&self) -> impl Iterator<Item = (&Lane, f64)> {
        let mut top = AXIS;
        self.picture.lanes.iter().map(move |lane| {
            let at = top;
            top += lane_height(lane);
            (lane, at)
        })
    }

    fn svg(&self, words: &str) -> Markup {
        let (width, height) = (NAMES + self.picture.width, self.height());
        html! {
            svg xmlns="http://www.w3.org/2000/svg" class="lanes" role="group"
                aria-label=(xml(words)) viewBox={ "0 0 " (n(width)) " " (n(height)) }
                width=(n(width)) height=(n(height)) font-family=(FONT) font-size=(SMALL) {
                (self.backgrounds(width))
                g transform={ "translate(" (n(NAMES)) " 0)" } {
                    g aria-hidden="true" { (self.axis(height)) (self.quiet(height)) (self.points(height)) }
                    @for (lane, top) in self.lanes() {
                        g class={ "lane " (class(&lane.discipline)) } fill=(colour(&lane.discipline))
                            stroke=(colour(&lane.discipline)) {
                            @for mark in &lane.marks { (self.mark(lane, mark, top)) }
                        }
                    }
                }
            }
        }
    }

    fn backgrounds(&self, width: f64) -> Markup {
        html! {
            @for (i, (lane, top)) in self.lanes().enumerate() {
                @if i % 2 == 0 {
                    rect class="stripe" x="0" y=(n(top)) width=(n(width)) height=(n(lane_height(lane)))
                        fill="#f3eee6" {}
                }
                text class={ "lane-name " (class(&lane.discipline)) } x="10"
                    y=(n(top + lane_height(lane) / 2.0 + 4.0)) font-weight="600"
                    fill=(colour(&lane.discipline)) {
                    (xml(&shortened(&label_of(self.labels, &lane.discipline), 14)))
                }
            }
        }
    }

    fn axis(&self, height: f64) -> Markup {
        let middle = (height - AXIS - FOOT) / 4.0;
        html! {
            @for stretch in &self.picture.stretches {
                text class="day" x=(n(stretch.x)) y="14" font-weight="600" fill=(INK) {
                    (day(stretch.from))
                }
            }
            @for tick in &self.picture.ticks {
                line class="tick" x1=(n(tick.x)) x2=(n(tick.x)) y1=(n(AXIS - 6.0)) y2=(n(height - FOOT))
                    stroke=(RULE) {}
                text class="hour" x=(n(tick.x)) y=(n(AXIS - 12.0)) text-anchor="middle" fill=(SOFT) {
                    (clock(tick.at))
                }
            }
            @for fold in &self.picture.folds {
                path class="fold" fill="none" stroke="#8f8578"
                    d={ "M" (n(fold.x - 5.0)) " " (n(AXIS)) " l10 " (n(middle)) " l-10 " (n(middle))
                        " l10 " (n(middle)) " l-10 " (n(middle)) } {}
                text class="hour" x=(n(fold.x)) y=(n(AXIS - 12.0)) text-anchor="middle" fill=(SOFT) {
                    (length_words(fold.length))
                }
            }
        }
    }

    /// The times in which nobody wrote down anything.
    fn quiet(&self, height: f64) -> Markup {
        html! {
            @for it in self.picture.silences.iter().filter(|it| it.width > 30.0) {
                rect class="gap" x=(n(it.x)) y=(n(AXIS)) width=(n(it.width)) height=(n(height - AXIS))
                    fill="#faf0da" fill-opacity="0.55" {}
                @if it.width > 170.0 {
                    text class="silence" x=(n(it.x + it.width / 2.0)) y=(n(height - 6.0))
                        text-anchor="middle" fill=(ATTENTION) {
                        (length_words(it.until.duration_since(it.from))) " without an entry"
                    }
                }
            }
        }
    }

    fn points(&self, height: f64) -> Markup {
        html! {
            @for point in &self.picture.points {
                line class="point" x1=(n(point.x)) x2=(n(point.x)) y1=(n(AXIS - 8.0))
                    y2=(n(height - FOOT)) stroke="#6f665c" stroke-dasharray="3 3" {}
                @if let Some(side) = point.side {
                    @let left = side == Side::Left;
                    text class="point-name" x=(n(if left { point.x - 4.0 } else { point.x + 4.0 }))
                        y=(n(AXIS + 10.0)) text-anchor=(if left { "end" } else { "start" }) fill=(SOFT) {
                        (point.name)
                    }
                }
            }
        }
    }

    fn mark(&self, lane: &Lane, mark: &Mark, top: f64) -> Markup {
        let Some(entry) = self.entries.get(mark.entry) else { return html! {} };
        let y = top + PADDING + LEVEL * (f64::from(mark.level) + 0.5);
        let about = entry.precision == Precision::Approximate;
        html! {
            // A picture to those who do not see it, and no stop on the way of the Tab key: every entry
            // stands below it.
            a href={ "#entry-" (entry.id) } tabindex="-1" {
                title { (xml(&self.title(lane, entry))) }
                @if about {
                    ellipse class="soft" cx=(n(mark.x)) cy=(n(y)) rx="16" ry="9" fill-opacity="0.18"
                        stroke="none" {}
                }
                @if mark.width > 0.0 {
                    rect class="bar" x=(n(mark.x)) y=(n(y - 4.0)) width=(n(mark.width)) height="8" rx="4"
                        fill-opacity="0.45" stroke="none" {}
                }
                (shape(entry.kind, about, mark.x, y))
            }
        }
    }

    fn title(&self, lane: &Lane, entry: &Entry) -> String {
        let words = shortened(&rich::plain(&rich::parse(&entry.text)), LONGEST);
        format!("{} UTC, {}: {words}", when(entry), label_of(self.labels, &lane.discipline))
    }
}

/// A shape says the kind as well as the words do, so that colour alone says nothing.
fn shape(kind: EntryKind, about: bool, x: f64, y: f64) -> Markup {
    let path = match kind {
        EntryKind::Alert => Some(format!(
            "M{} {} L{} {} L{} {} Z",
            n(x),
            n(y - R),
            n(x + R),
            n(y + R - 1.0),
            n(x - R),
            n(y + R - 1.0)
        )),
        EntryKind::Change => Some(format!("M{} {} h12 v12 h-12 Z", n(x - 6.0), n(y - 6.0))),
        EntryKind::Ticket => Some(format!(
            "M{} {} L{} {} L{} {} L{} {} Z",
            n(x),
            n(y - R - 1.0),
            n(x + R + 1.0),
            n(y),
            n(x),
            n(y + R + 1.0),
            n(x - R - 1.0),
            n(y)
        )),
        _ => None,
    };
    let is_hollow = about || (path.is_none() && kind == EntryKind::Believed);
    let class = if is_hollow { "shape hollow" } else { "shape" };
    let fill = is_hollow.then_some("#fffefb");
    html! {
        @if let Some(path) = path {
            path class=(class) d=(path) fill=[fill] stroke-width="1.5" stroke-linejoin="round" {}
        } @else {
            circle class=(class) cx=(n(x)) cy=(n(y)) r=(n(R - 0.5)) fill=[fill] stroke-width="1.5" {}
        }
    }
}

#[cfg(test)]
mod tests;
