//! A digest as the document of a mail: no pictures, nothing that is fetched, nothing that tells
//! whether it was read.

use std::fmt::Write as _;

use super::digest::{Digest, DigestItem, capital};

const BODY: &str = "margin:0;padding:24px;background:#fbf8f3;color:#2a2520;\
     font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";
const ITEM: &str = "margin:0 0 20px;padding:16px 20px;border:1px solid #e4dccf;border-radius:8px;\
     background:#fffefb";
const TITLE: &str = "margin:0 0 4px;font-size:18px;line-height:1.3";
const SOFT: &str = "margin:0 0 8px;color:#5a5249";
const LINK: &str = "color:#1d5e66";
const ANSWER: &str = "display:inline-block;margin:4px 8px 4px 0;padding:6px 14px;\
     border:1px solid #8f8578;border-radius:8px;color:#1d5e66;text-decoration:none";

/// The whole document.
pub(super) fn page(digest: &Digest) -> String {
    let items: String = digest.items.iter().map(item).collect();
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"color-scheme\" content=\"light\"><title>{title}</title></head>\
         <body style=\"{BODY}\"><div style=\"max-width:640px;margin:0 auto\">\
         <p>Hello {name},</p><p>{opening}</p>{items}\
         <p style=\"{SOFT}\">Each answer opens a page that asks once more, and then writes it into \
         the post-mortem in your name. No sign-in is needed.</p>\
         <p style=\"{SOFT}\">{preferences} · {off}</p></div></body></html>",
        title = escaped(&digest.subject()),
        name = escaped(&digest.name),
        opening = escaped(digest.opening()),
        preferences = link("When and where you are told", &digest.preferences, LINK),
        off = link("No more reminders", &digest.off, LINK),
    )
}

fn item(it: &DigestItem) -> String {
    let mut html = format!(
        "<div style=\"{ITEM}\"><h2 style=\"{TITLE}\">{}</h2><p style=\"{SOFT}\">{}, from “{}”</p>",
        link(&it.title, &it.room, LINK),
        escaped(&capital(&it.why)),
        escaped(&it.postmortem)
    );
    // Writing to a String cannot fail.
    if !it.done_when.trim().is_empty() {
        let _ = write!(html, "<p style=\"{SOFT}\">Done when: {}</p>", escaped(it.done_when.trim()));
    }
    for (purpose, url) in &it.answers {
        html.push_str(&link(purpose.label(), url, ANSWER));
    }
    html.push_str("</div>");
    html
}

fn link(label: &str, url: &str, style: &str) -> String {
    format!("<a href=\"{}\" style=\"{style}\">{}</a> ", escaped(url), escaped(label))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use crate::reminders::digest::tests::digest;

    #[test]
    fn nothing_that_somebody_wrote_becomes_part_of_the_document() {
        let html = super::page(&digest(&["<script>\"&"]));
        assert!(html.contains("&lt;script&gt;&quot;&amp;</a>"), "{html}");
        assert!(html.contains("from “Check-out &lt;fails&gt;”"), "{html}");
        assert!(html.contains("href=\"https://x.example/answer#Declined\""), "{html}");
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
    }
}
