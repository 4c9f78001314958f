//! An invitation as the document of a mail: no pictures, nothing that is fetched, nothing that
//! tells whether it was read.

use afterword_domain::appointment::{Attending, Hours};
use maud::{DOCTYPE, Markup, html};

use super::letter::{Letter, WHAT_IT_IS};

const BODY: &str = "margin:0;padding:24px;background:#fbf8f3;color:#2a2520;\
     font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";
const HOUR: &str = "margin:0 0 20px;padding:16px 20px;border:1px solid #e4dccf;border-radius:8px;\
     background:#fffefb";
const SOFT: &str = "margin:0 0 8px;color:#5a5249";
const LINK: &str = "color:#1d5e66";
const ANSWER: &str = "display:inline-block;margin:4px 8px 4px 0;padding:6px 14px;\
     border:1px solid #8f8578;border-radius:8px;color:#1d5e66;text-decoration:none";

/// The whole document.
pub(super) fn page(letter: &Letter<'_>) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="color-scheme" content="light";
                title { (letter.subject()) }
            }
            body style=(BODY) {
                div style="max-width:640px;margin:0 auto" {
                    p { "Hello " (letter.person.name) "," }
                    p { (letter.opening()) }
                    div style=(HOUR) { (when(letter)) }
                    @if letter.is_asked() { (asked(letter)) }
                    p style=(SOFT) {
                        (letter.input_words()) ": "
                        a href=(letter.input_url()) style=(LINK) { "write what you saw" }
                    }
                }
            }
        }
    }
}

fn when(letter: &Letter<'_>) -> Markup {
    html! {
        (hours(&letter.hours(), letter.is_asked()))
        @if let Some(before) = letter.hours_before() {
            p style=(SOFT) { "Before:" }
            (hours(&before, false))
        }
        @if let Some(url) = letter.call.plan.call_url.as_ref().filter(|_| letter.is_asked()) {
            p style="margin:8px 0 0" { a href=(url) style=(LINK) { "Join the call" } }
        }
    }
}

/// One that does not hold is struck out.
fn hours(hours: &Hours, holds: bool) -> Markup {
    let first =
        if holds { "margin:0;font-size:18px" } else { "margin:0;text-decoration:line-through" };
    html! {
        p style=(first) { (hours.first()) }
        @if let Some(utc) = hours.beside() { p style=(SOFT) { (utc) } }
    }
}

fn asked(letter: &Letter<'_>) -> Markup {
    html! {
        p style="margin:0 0 4px" {
            @if letter.hours_before().is_some() { "Will you be there, now that it is moved?" }
            @else { "Will you be there?" }
        }
        p style="margin:0 0 20px" {
            @for answer in Attending::ALL {
                a href=(letter.answer_url(answer)) style=(ANSWER) { (answer.label()) }
            }
        }
        p { (WHAT_IT_IS) }
        p { (letter.recording()) }
    }
}
