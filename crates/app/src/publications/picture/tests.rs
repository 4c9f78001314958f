use super::*;
use crate::publications::document::tests::{document, entry};

fn labels() -> Vec<DisciplineLabel> {
    vec![DisciplineLabel { slug: "sre".parse().unwrap(), label: "SRE <b>".to_owned() }]
}

#[test]
fn nothing_that_somebody_wrote_becomes_part_of_the_picture() {
    let mut document = document();
    let text = "said <script>alert(1)</script> \"quoted\" & **bold** \u{0}\u{1b}[31m";
    document.timeline = vec![entry("\"><script>", "2026-03-01T18:43:00Z", text)];
    let drawn = draw(&document, &labels(), SCREEN).unwrap();
    assert!(!drawn.svg.contains("<script"), "{}", drawn.svg);
    assert!(drawn.svg.contains("&quot;quoted&quot; &amp; bold"), "{}", drawn.svg);
    assert!(!drawn.svg.chars().any(char::is_control), "{}", drawn.svg);
    assert!(drawn.svg.contains("SRE &lt;b&gt;"));
}

#[test]
fn it_says_in_words_what_it_shows() {
    let drawn = draw(&document(), &labels(), PAPER).unwrap();
    assert!(drawn.svg.contains(&*xml(&drawn.words).replace('<', "&lt;").replace('>', "&gt;")));
    assert!(
        drawn.words.starts_with("The record over time: 2 entries in 1 lane"),
        "{}",
        drawn.words
    );
    assert!(drawn.svg.contains("href=\"#entry-e1\""));
    assert!(drawn.svg.contains("about 18:45 UTC, SRE"), "{}", drawn.svg);
}

#[test]
fn there_is_no_picture_of_no_times() {
    let mut document = document();
    document.timeline = Vec::new();
    assert!(draw(&document, &labels(), SCREEN).is_none());
}
