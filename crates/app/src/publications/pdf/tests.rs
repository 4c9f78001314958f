use afterword_domain::people::{Person, Role};
use afterword_domain::postmortem::{Naming, Postmortem};
use afterword_domain::stage::Stage;
use afterword_record::{Projection, projection::Prose};

use super::*;
use crate::publications::document::tests::{document, entry};
use crate::publications::embedded::Embedded;
use crate::publications::picture::{PAPER, draw};

fn set(document: &Document, pictures: Pictures) -> Vec<u8> {
    Manuscript::of(document, pictures, draw(document, &[], PAPER)).set().unwrap()
}

#[test]
fn a_publication_is_set_on_paper() {
    let pdf = set(&document(), Pictures::new());
    assert!(pdf.starts_with(b"%PDF-"));
    assert!(pdf.len() > 5_000);
}

#[test]
fn whatever_somebody_wrote_is_set_as_it_stands() {
    let evil = "#panic() $x$ *b* _i_ `c` \\ <label> @ref = heading // # [ ] \u{0} \u{202e} 🦀 日本";
    let mut document = document();
    document.title = evil.to_owned();
    document.services = vec![evil.to_owned()];
    document.prose.summary = evil.to_owned();
    let deep = (0..40).map(|n| format!("{}- {evil}", "  ".repeat(n))).collect::<Vec<_>>();
    document.prose.background = deep.join("\n");
    document.timeline = vec![entry("e", "2026-03-01T18:43:00Z", evil)];
    document.themes[0].title = evil.to_owned();
    document.actions[0].title = evil.to_owned();
    document.analysis[0].text = evil.to_owned();
    assert!(set(&document, Pictures::new()).starts_with(b"%PDF-"));
}

#[test]
fn a_picture_that_cannot_be_read_does_not_keep_the_rest_off_the_paper() {
    let mut document = document();
    let ours = "/api/v1/postmortems/p/pictures/abc";
    document.prose.summary = format!("![a graph]({ours})");
    let broken = Embedded { media_type: "image/png".to_owned(), bytes: vec![1, 2, 3] };
    let pictures = Pictures::from([(ours.to_owned(), broken)]);
    assert!(set(&document, pictures).starts_with(b"%PDF-"));
}

/// A PDF cannot be searched for words as it is; but all that it says comes from these values.
#[test]
fn it_is_set_from_nothing_that_readers_do_not_get() {
    let shown = document();
    let hidden = "Ann Lee: <span data-withheld>xylophone</span>";
    let mut entry = entry("e", "2026-03-01T18:43:00Z", hidden);
    entry.who = Some("1".to_owned());
    let record = Projection {
        timeline: vec![entry],
        prose: Prose { summary: hidden.to_owned(), ..Prose::default() },
        ..Projection::default()
    };
    let postmortem = Postmortem {
        id: "p".to_owned(),
        title: "Ann’s outage".to_owned(),
        incident: shown.incident,
        severity: None,
        services: Vec::new(),
        near_miss: false,
        stage: Stage::Act,
        naming: Naming::Roles,
        created_by: "1".to_owned(),
        created_at: shown.published_at,
        published_at: None,
        version: 1,
    };
    let ann = Person {
        id: "1".to_owned(),
        email: "ann@example.org".to_owned(),
        name: "Ann Lee".to_owned(),
        discipline: "sre".parse().unwrap(),
        time_zone: "UTC".to_owned(),
        role: Role::Member,
        version: 1,
    };
    let document = Document::of(&postmortem, &record, Naming::Roles, &[ann], shown.published_at);
    let drawn = draw(&document, &[], PAPER);
    let manuscript = Manuscript::of(&document, Pictures::new(), drawn);
    let told = format!("{}{}", manuscript.document, manuscript.lanes.unwrap());
    assert!(told.contains("an SRE: [withheld]"), "{told}");
    for hidden in ["Ann", "Lee", "xylophone"] {
        assert!(!told.contains(hidden), "{hidden} in {told}");
    }
}
