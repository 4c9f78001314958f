use super::{beginning, page};
use crate::publications::document::tests::{document, entry};
use crate::publications::embedded::{Embedded, Pictures};
use crate::publications::picture::{SCREEN, draw};

#[test]
fn the_file_says_it_all_and_stands_alone() {
    let document = document();
    let drawn = draw(&document, &[], SCREEN);
    let html = page(&document, &Pictures::new(), drawn.as_ref());
    for words in [
        "<title>Check-out fails</title>",
        "One in five check-outs failed for <strong>50 minutes</strong>.",
        "<h3>Alerts watch queues</h3>",
        "Page on failed check-outs <span class=\"state\">Open</span>",
        "<a href=\"https://x.example/design\"",
        "<svg ",
        "How was it seen?",
        "The room kept one passage to itself.",
    ] {
        assert!(html.contains(words), "{words} is missing in\n{html}");
    }
    for fetched in ["<script", "<link", "src=\"http", "@import", "url("] {
        assert!(!html.contains(fetched), "{fetched} in\n{html}");
    }
}

#[test]
fn what_is_read_first_says_what_happened_what_was_learned_and_what_changes() {
    let begins = beginning(&document());
    assert_eq!(begins.title, "<title>Check-out fails · Afterword</title>");
    for words in [
        "<h1>Check-out fails</h1>",
        "One in five check-outs failed for <strong>50 minutes</strong>.",
        "<h3>Alerts watch queues</h3>",
        "Page on failed check-outs <span class=\"state\">Open</span>",
    ] {
        assert!(begins.main.contains(words), "{words} is missing in\n{}", begins.main);
    }
    assert!(!begins.main.contains("Rolled back"), "the record comes with the app");
}

#[test]
fn a_part_without_words_does_not_stand_there() {
    let mut document = document();
    document.prose.background = String::new();
    document.themes.clear();
    document.prose.learned = String::new();
    document.analysis.clear();
    let html = page(&document, &Pictures::new(), None);
    for title in ["Background", "What we learned", "How it came about", "What changed"] {
        assert!(!html.contains(title), "{title}");
    }
}

#[test]
fn nothing_that_somebody_wrote_becomes_markup() {
    let evil = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) \
                ![a\"b](https://x.example/y.png) <svg onload=alert(1)>";
    let mut document = document();
    document.title = evil.to_owned();
    document.severity = Some(evil.to_owned());
    document.services = vec![evil.to_owned()];
    document.prose.summary = evil.to_owned();
    document.prose.learned = format!("# {evil}\n\n> {evil}\n\n```\n{evil}\n```");
    document.timeline = vec![entry("\"onclick=\"x", "2026-03-01T18:43:00Z", evil)];
    for theme in &mut document.themes {
        theme.title = evil.to_owned();
        theme.text = evil.to_owned();
    }
    for action in &mut document.actions {
        action.title = evil.to_owned();
        action.owner = Some(evil.to_owned());
    }
    for node in &mut document.analysis {
        node.text = evil.to_owned();
        node.system = Some(evil.to_owned());
    }
    let drawn = draw(&document, &[], SCREEN);
    let begins = beginning(&document);
    let html = page(&document, &Pictures::new(), drawn.as_ref()) + &begins.title + &begins.main;
    for bad in ["<script", "<img", "<svg onload", "href=\"javascript", "\"onclick=\""] {
        assert!(!html.contains(bad), "{bad} in\n{html}");
    }
}

#[test]
fn pictures_of_our_own_are_in_the_file_and_others_are_named() {
    let mut document = document();
    let ours = "/api/v1/postmortems/p/pictures/abc";
    document.prose.summary = format!("![a graph]({ours})\n\n![elsewhere](https://x.example/y.png)");
    let picture = Embedded { media_type: "image/png".to_owned(), bytes: vec![1, 2, 3] };
    let pictures = Pictures::from([(ours.to_owned(), picture)]);
    let html = page(&document, &pictures, None);
    assert!(html.contains("<img alt=\"a graph\" src=\"data:image/png;base64,AQID\">"), "{html}");
    assert!(html.contains("rel=\"noreferrer noopener\">Picture: elsewhere</a>"), "{html}");
}
