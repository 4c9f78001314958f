//! The webhook of a workflow in Microsoft Teams, which takes an Adaptive Card:
//! <https://adaptivecards.io/explorer/>.

use serde_json::{Value, json};

use super::{Card, CardItem, CardLink};

pub(super) fn message(card: &Card) -> Value {
    let title = json!({
        "type": "TextBlock", "text": escaped(&card.title), "weight": "Bolder", "size": "Medium",
        "wrap": true,
    });
    let mut body = vec![title];
    body.extend(card.items.iter().map(item));
    body.push(text(&links(&card.links), true));
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "body": body,
            },
        }],
    })
}

fn item(it: &CardItem) -> Value {
    let mut items = vec![text(&format!("**{}**", link(&it.title)), false)];
    items.push(text(&escaped(&it.about), false));
    if !it.links.is_empty() {
        items.push(text(&links(&it.links), true));
    }
    json!({"type": "Container", "separator": true, "items": items})
}

fn text(words: &str, small: bool) -> Value {
    let size = if small { "Small" } else { "Default" };
    json!({"type": "TextBlock", "text": words, "wrap": true, "size": size, "spacing": "Small"})
}

fn links(all: &[CardLink]) -> String {
    all.iter().map(link).collect::<Vec<_>>().join("  ·  ")
}

fn link(it: &CardLink) -> String {
    format!("[{}]({})", escaped(&it.label), it.url)
}

/// What Markdown would read as its own.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, char| {
        if "\\`*_[]()<>#|".contains(char) {
            escaped.push('\\');
        }
        escaped.push(char);
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::tests::card;

    #[test]
    fn it_is_one_adaptive_card_in_which_words_are_words() {
        let message = message(&card());
        let attached = &message["attachments"][0];
        assert_eq!(attached["contentType"], "application/vnd.microsoft.card.adaptive");
        let item = &attached["content"]["body"][1]["items"];
        assert_eq!(
            item[0]["text"],
            "**[Page on \\<failed\\> check-outs & more](https://x.example/r#actions/1)**"
        );
        assert_eq!(
            item[2]["text"],
            "[I am on it](https://x.example/answer#1)  ·  [It is done](https://x.example/answer#2)"
        );
    }
}
