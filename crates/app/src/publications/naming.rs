//! People in a publication: by their names or by their roles.

use afterword_domain::action::Action;
use afterword_domain::analysis::{Node, Theme};
use afterword_domain::people::{Discipline, Person};
use afterword_domain::postmortem::Naming;
use afterword_domain::timeline::Entry;

/// Turns ids, and with roles also names in running text, into what readers see.
pub(crate) struct Names {
    naming: Naming,
    people: Vec<Shown>,
}

struct Shown {
    id: String,
    name: String,
    role: String,
    /// The address, the full name and the single names in it.
    mentions: Vec<String>,
}

/// "an SRE": a role as it stands in a sentence.
fn role_of(discipline: &Discipline) -> String {
    match discipline.as_str() {
        "engineering" => "an engineer".to_owned(),
        "sre" => "an SRE".to_owned(),
        "support" => "a support colleague".to_owned(),
        "product" => "a product colleague".to_owned(),
        "sales" => "a sales colleague".to_owned(),
        "leadership" => "a leader".to_owned(),
        "other" => "a colleague".to_owned(),
        slug => format!("a colleague from {slug}"),
    }
}

/// Single names shorter than this are too often words.
const SHORTEST_MENTION: usize = 3;

fn mentions(name: &str) -> Vec<String> {
    let mut mentions = vec![name.to_owned()];
    let single = |it: &&str| it.chars().count() >= SHORTEST_MENTION && *it != name;
    let words = name.split_whitespace().map(|it| it.trim_matches(|c: char| !c.is_alphanumeric()));
    mentions.extend(words.filter(single).map(ToOwned::to_owned));
    mentions
}

impl Names {
    pub(crate) fn new(naming: Naming, people: &[Person]) -> Self {
        let shown = |person: &Person| Shown {
            id: person.id.clone(),
            name: person.name.clone(),
            role: role_of(&person.discipline),
            mentions: [vec![person.email.clone()], mentions(&person.name)].concat(),
        };
        Self { naming, people: people.iter().map(shown).collect() }
    }

    /// Knows those who speak, too, of whom some may have no account.
    pub(crate) fn hearing<'s>(mut self, speakers: impl IntoIterator<Item = &'s str>) -> Self {
        for name in speakers {
            if self.named(name).is_none() {
                self.people.push(Shown {
                    id: name.to_owned(),
                    name: name.to_owned(),
                    role: "a colleague".to_owned(),
                    mentions: mentions(name),
                });
            }
        }
        self
    }

    /// Who speaks in a transcript; with roles never by a name.
    pub(crate) fn speaker(&self, written: &str) -> String {
        match self.naming {
            Naming::Names => written.to_owned(),
            Naming::Roles => {
                self.named(written).map_or("a colleague", |person| &person.role).to_owned()
            }
        }
    }

    fn named(&self, name: &str) -> Option<&Shown> {
        self.people.iter().find(|person| person.name.to_lowercase() == name.to_lowercase())
    }

    /// A `who` or an `owner`: an id becomes a name or a role; what was written stays, but for
    /// names of people where roles are wanted.
    fn label(&self, written: String, lane: Option<&Discipline>) -> String {
        let known = self.people.iter().find(|person| person.id == written);
        match (known, self.naming, lane) {
            (Some(person), Naming::Names, _) => person.name.clone(),
            (Some(person), Naming::Roles, _) => person.role.clone(),
            (None, Naming::Names, _) => written,
            // Somebody without an account: the lane tells the role.
            (None, Naming::Roles, Some(lane)) => role_of(lane),
            (None, Naming::Roles, None) => self.in_text(&written),
        }
    }

    /// Somebody with an account.
    pub(crate) fn of_person(&self, id: &str) -> String {
        self.label(id.to_owned(), None)
    }

    /// Running text, in which names stand as people wrote them.
    pub(crate) fn in_text(&self, text: &str) -> String {
        if self.naming == Naming::Names {
            return text.to_owned();
        }
        let mentions = |person: &'_ Shown| {
            person.mentions.iter().map(|it| (it.clone(), person.role.clone())).collect::<Vec<_>>()
        };
        let mut all: Vec<_> = self.people.iter().flat_map(mentions).collect();
        all.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        all.iter().fold(text.to_owned(), |text, (name, role)| replace_name(&text, name, role))
    }

    pub(crate) fn in_entry(&self, entry: Entry) -> Entry {
        let who = entry.who.map(|who| self.label(who, Some(&entry.lane)));
        let text = self.in_text(&entry.text);
        let evidence = entry.evidence.into_iter().map(|mut link| {
            link.title = link.title.map(|title| self.in_text(&title));
            link
        });
        let typed = entry.typed.map(|typed| self.in_text(&typed));
        let question = entry.question.map(|question| self.in_text(&question));
        Entry { who, text, typed, question, evidence: evidence.collect(), ..entry }
    }

    pub(crate) fn in_node(&self, node: Node) -> Node {
        Node {
            text: self.in_text(&node.text),
            needed_by: node.needed_by.map(|who| self.label(who, None)),
            needed: node.needed.map(|what| self.in_text(&what)),
            was_at: node.was_at.map(|place| self.in_text(&place)),
            system: node.system.map(|system| self.in_text(&system)),
            ..node
        }
    }

    pub(crate) fn in_theme(&self, theme: Theme) -> Theme {
        Theme {
            title: self.in_text(&theme.title),
            text: self.in_text(&theme.text),
            reason: self.in_text(&theme.reason),
            ..theme
        }
    }

    pub(crate) fn in_action(&self, action: Action) -> Action {
        Action {
            title: self.in_text(&action.title),
            done_when: self.in_text(&action.done_when),
            reason: self.in_text(&action.reason),
            owner: action.owner.map(|owner| self.label(owner, None)),
            ..action
        }
    }
}

/// Replaces a name where it stands as a word of its own, also behind `@`.
fn replace_name(text: &str, name: &str, role: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let (before, found) = rest.split_at(at);
        let after = found.get(name.len()..).unwrap_or_default();
        out.push_str(before);
        let bounded = !out.ends_with(is_word) && !after.starts_with(is_word);
        if bounded && out.ends_with('@') {
            out.pop();
        }
        out.push_str(if bounded { role } else { name });
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use afterword_domain::people::Role;

    fn person(id: &str, name: &str, discipline: &str) -> Person {
        Person {
            id: id.to_owned(),
            email: format!("{id}@example.org"),
            name: name.to_owned(),
            discipline: discipline.parse().expect("a discipline"),
            time_zone: "UTC".to_owned(),
            role: Role::Member,
            version: 1,
        }
    }

    fn people() -> [Person; 2] {
        [person("1", "Ann Lee", "sre"), person("2", "Bob", "support")]
    }

    #[test]
    fn roles_leave_no_name() {
        let names = Names::new(Naming::Roles, &people());
        assert_eq!(
            names.in_text("Ann Lee paged @Bob; Ann's note, Annex B, bobsled"),
            "an SRE paged a support colleague; an SRE's note, Annex B, bobsled"
        );
    }

    #[test]
    fn whoever_speaks_has_a_role() {
        let names = Names::new(Naming::Roles, &people()).hearing(["ann lee", "Danvers, Carol"]);
        assert_eq!(names.speaker("ann lee"), "an SRE");
        assert_eq!(names.speaker("Danvers, Carol"), "a colleague");
        assert_eq!(names.in_text("Thanks, Carol"), "Thanks, a colleague");
        let names = Names::new(Naming::Names, &people());
        assert_eq!(names.speaker("Danvers, Carol"), "Danvers, Carol");
    }

    #[test]
    fn names_stay_names() {
        let names = Names::new(Naming::Names, &people());
        assert_eq!(names.in_text("Ann paged Bob"), "Ann paged Bob");
        assert_eq!(names.label("1".to_owned(), None), "Ann Lee");
    }

    #[test]
    fn a_stranger_is_shown_by_the_lane() {
        let names = Names::new(Naming::Roles, &people());
        let lane = "support".parse().expect("a discipline");
        assert_eq!(names.label("Carol".to_owned(), Some(&lane)), "a support colleague");
    }
}
