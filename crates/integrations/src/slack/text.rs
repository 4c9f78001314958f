//! Slack's way of writing, as plain text.

/// `<@U1|ada>`, `<#C1|ops>`, `<https://…|page>` and `&amp;` as people read them.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        // A bracket that people typed is written `&lt;`; one that stays open is none of Slack's.
        let Some((inside, after)) = after.split_once('>') else {
            plain.push('<');
            rest = after;
            continue;
        };
        plain.push_str(&shown(inside));
        rest = after;
    }
    plain.push_str(rest);
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn shown(inside: &str) -> String {
    let (target, label) = inside.split_once('|').unwrap_or((inside, ""));
    let label = Some(label.trim()).filter(|label| !label.is_empty());
    let mark = target.chars().next();
    let name = target.get(1..).unwrap_or_default();
    match mark {
        Some('@') => format!("@{}", label.unwrap_or(name).trim_start_matches('@')),
        Some('#') => format!("#{}", label.unwrap_or(name)),
        Some('!') => label.map_or_else(|| format!("@{name}"), str::to_owned),
        _ => match label {
            Some(label) if label != target && !target.ends_with(label) => {
                format!("{label} ({target})")
            }
            _ => target.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_people_read() {
        let cases = [
            ("<@U1> see <#C1|ops>", "@U1 see #ops"),
            ("<@U1|ada>", "@ada"),
            ("<!here> <!subteam^S1|@sre> <!date^1^{date}|today>", "@here @sre today"),
            ("<https://x.example/a|the page>", "the page (https://x.example/a)"),
            (
                "<http://x.example|x.example> <https://y.example>",
                "http://x.example https://y.example",
            ),
            ("a &lt; b &amp;&amp; c &gt; d &amp;lt;", "a < b && c > d &lt;"),
            ("<open", "<open"),
            ("<>ü<ü>", "üü"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text}");
        }
    }
}
