//! Slack's incoming webhooks: <https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks>.

use serde_json::{Value, json};

use super::{Card, CardItem, CardLink};

/// Slack takes no more in one section.
const LONGEST: usize = 2900;

pub(super) fn message(card: &Card) -> Value {
    let mut blocks = vec![section(&format!("*{}*", escaped(&card.title)))];
    blocks.extend(card.items.iter().map(item));
    let links = json!({"type": "mrkdwn", "text": links(&card.links)});
    blocks.push(json!({"type": "context", "elements": [links]}));
    json!({
        // For notifications, and where blocks are not shown.
        "text": escaped(&plain(card)),
        "blocks": blocks,
        "unfurl_links": false,
        "unfurl_media": false,
    })
}

fn item(it: &CardItem) -> Value {
    let links = links(&it.links);
    let message = [format!("*{}*", link(&it.title)), escaped(&it.about), links];
    section(&message.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n"))
}

fn section(text: &str) -> Value {
    let text: String = text.chars().take(LONGEST).collect();
    json!({"type": "section", "text": {"type": "mrkdwn", "text": text}})
}

fn plain(card: &Card) -> String {
    let items: Vec<_> =
        card.items.iter().map(|it| format!("{} ({})", it.title.label, it.about)).collect();
    format!("{}: {}", card.title, items.join("; ")).chars().take(LONGEST).collect()
}

fn links(all: &[CardLink]) -> String {
    all.iter().map(link).collect::<Vec<_>>().join("  ·  ")
}

/// A bar in the words of a link would end its address.
fn link(it: &CardLink) -> String {
    format!("<{}|{}>", it.url, escaped(&it.label).replace('|', "/"))
}

/// Slack's three special characters.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::tests::card;

    #[test]
    fn nothing_that_somebody_wrote_is_read_as_markup() {
        let message = message(&card());
        let item = message["blocks"][1]["text"]["text"].as_str().unwrap();
        assert_eq!(
            item,
            "*<https://x.example/r#actions/1|Page on &lt;failed&gt; check-outs &amp; more>*\n\
             due tomorrow · Check-out fails\n\
             <https://x.example/answer#1|I am on it>  ·  <https://x.example/answer#2|It is done>"
        );
        assert!(message["text"].as_str().unwrap().starts_with("Due tomorrow: Page on &lt;"));
        assert_eq!(message["unfurl_links"], false);
    }
}
