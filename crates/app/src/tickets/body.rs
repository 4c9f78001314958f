//! What a ticket says besides its title: when it is done, and where it comes from.

use afterword_domain::action::Action;
use afterword_domain::postmortem::Postmortem;
use afterword_record::Projection;
use afterword_storage::StoredTicket;

/// As Markdown. It ends with a link back, in which the ticket's id stands.
pub(super) fn body(
    public_url: &str,
    postmortem: &Postmortem,
    record: &Projection,
    action: &Action,
    ticket: &StoredTicket,
) -> String {
    let mut parts = Vec::new();
    if !action.done_when.trim().is_empty() {
        parts.push(format!("Done when: {}", action.done_when.trim()));
    }
    if let Some(due) = action.due {
        parts.push(format!("Due: {due}"));
    }
    let room = format!("{public_url}/postmortems/{}", ticket.postmortem_id);
    let theme = record.themes.iter().find(|it| Some(&it.id) == action.theme.as_ref());
    if let Some(theme) = theme.filter(|it| !it.withheld && !it.title.trim().is_empty()) {
        parts.push(format!("Why: {} ({room}#themes/{})", theme.title.trim(), theme.id));
        let moments =
            theme.nodes.iter().filter_map(|id| record.analysis.iter().find(|it| it.id == *id));
        let mut entries: Vec<_> = moments.flat_map(|node| &node.entries).collect();
        entries.dedup();
        let links = entries.iter().take(3).map(|id| format!("{room}#record/{id}"));
        let links: Vec<_> = links.collect();
        if !links.is_empty() {
            parts.push(format!("Moments in the record: {}", links.join(" ")));
        }
    }
    parts.push(format!(
        "From the post-mortem “{}”: {room}?ticket={}#actions/{}",
        postmortem.title, ticket.id, action.id
    ));
    parts.join("\n\n")
}
