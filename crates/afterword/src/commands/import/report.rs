//! What became of post-mortems, printed.

use std::path::Path;

use serde_json::Value;

use crate::outcome::say;

/// What became of all files.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) files: usize,
    imported: usize,
    existing: usize,
    asked: usize,
    pub(super) left_out: usize,
    pub(super) failed: usize,
    pub(super) is_stopped: bool,
}

impl Counts {
    pub(super) fn of(files: usize) -> Self {
        Self { files, ..Self::default() }
    }

    pub(super) fn count(&mut self, imported: &Value) {
        if is_existing(imported) {
            self.existing += 1;
        } else {
            self.imported += 1;
        }
        self.asked += list(imported, "asked").count();
    }

    /// All in one sentence.
    pub(super) fn told(&self, dry_run: bool) -> String {
        let parts = [
            (self.imported, if dry_run { "would be imported" } else { "imported" }),
            (self.existing, "here already"),
            (self.left_out, "left out"),
            (self.failed, "failed"),
            (self.asked, "questions to look at"),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, what)| format!("{count} {what}")).collect();
        let files = if self.files == 1 { "file" } else { "files" };
        let what = if parts.is_empty() { "nothing to import".to_owned() } else { parts.join(", ") };
        format!("{} {files}: {what}", self.files)
    }
}

/// Prints what became of a file.
pub(super) fn print(path: &Path, imported: &Value, dry_run: bool) {
    let title = text(imported, "title");
    let id = text(imported, "id");
    match (is_existing(imported), dry_run) {
        (true, _) => {
            say(&format!("{id}  {}: {title}: here already, and not changed", path.display()));
        }
        (false, true) => say(&format!("{}: would be imported as “{title}”", path.display())),
        (false, false) => say(&format!("{id}  {}: {title}", path.display())),
    }
    for taken in list(imported, "taken") {
        say(&format!("  taken: {}", told_taken(taken)));
    }
    for asked in list(imported, "asked") {
        say_asked(asked);
    }
    for skipped in list(imported, "skipped") {
        let (text, why) = (text(skipped, "text"), text(skipped, "why"));
        say(&format!("  not taken: {}{text} ({why})", line(skipped)));
    }
}

fn told_taken(taken: &Value) -> String {
    let (count, what) = (number(taken, "count"), text(taken, "what"));
    let what = match what {
        "timeline" => format!("{count} entries of the timeline"),
        "analysis" => format!("{count} findings"),
        "actions" => format!("{count} actions"),
        "themes" => format!("{count} themes"),
        "services" => format!("{count} services"),
        "incident" => "times of the incident".to_owned(),
        "learned" => "what was learned".to_owned(),
        what => what.to_owned(),
    };
    match text(taken, "from") {
        "" => what,
        from => format!("{what}, from {}“{from}”", line(taken)),
    }
}

fn say_asked(asked: &Value) {
    let more = match number(asked, "lines") {
        0 | 1 => String::new(),
        lines => format!(" {} more likewise.", lines - 1),
    };
    say(&format!("  asked: {}{}", line(asked), text(asked, "text")));
    let read_as = text(asked, "read_as");
    say(&format!("    {} It was read as {read_as}.{more}", text(asked, "question")));
    let others: Vec<&str> = list(asked, "otherwise").filter_map(Value::as_str).collect();
    if !others.is_empty() {
        say(&format!("    It could also be {}.", others.join(" or ")));
    }
    say(match text(asked, "settle") {
        "zone" => {
            "    If that is wrong, name the zone with --zone, or correct the time in the room."
        }
        "date" => {
            "    If that is wrong, give the day with --date, or correct the time in the room."
        }
        _ => "    If that is wrong, correct it in the room.",
    });
}

fn is_existing(imported: &Value) -> bool {
    imported.get("existing").and_then(Value::as_bool).unwrap_or_default()
}

fn line(of: &Value) -> String {
    match number(of, "line") {
        0 => String::new(),
        line => format!("line {line}: "),
    }
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn number(value: &Value, key: &str) -> u64 {
    value.get(key).and_then(Value::as_u64).unwrap_or_default()
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}
