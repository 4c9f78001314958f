//! Backstage's catalog: entities as YAML documents, several to a file.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Catalog, Owner, ServiceFound, TeamFound, address, too_much};
use crate::evidence::Unreadable;

/// A document of the file.
struct Document {
    /// The line of the file on which it begins.
    line: u64,
    text: String,
}

/// Parts the file at the lines that begin a document.
fn documents(text: &str) -> Vec<Document> {
    let mut all = vec![Document { line: 1, text: String::new() }];
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let begins = line == "---" || line.starts_with("--- ");
        if begins || line == "..." {
            all.push(Document { line: number + 1, text: String::new() });
        } else if let Some(document) = all.last_mut() {
            document.text.push_str(line);
            document.text.push('\n');
        }
    }
    let says = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    all.retain(|it| it.text.lines().any(says));
    all
}

/// The text at a place.
fn at<'a>(entity: &'a Value, place: &str) -> Option<&'a str> {
    entity.pointer(place).and_then(Value::as_str).map(str::trim).filter(|it| !it.is_empty())
}

/// The texts in a list at a place.
fn all_at<'a>(entity: &'a Value, place: &str) -> impl Iterator<Item = &'a str> {
    let list = entity.pointer(place).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str)
}

/// An entity that another names: `group:default/shop`, `user:ada`, `shop`.
struct Reference<'a> {
    kind: &'a str,
    name: &'a str,
}

impl<'a> Reference<'a> {
    fn of(text: &'a str, otherwise: &'a str) -> Self {
        let (kind, name) = text.split_once(':').unwrap_or((otherwise, text));
        let name = name.rsplit('/').next().unwrap_or(name);
        Self { kind: kind.trim(), name: name.trim() }
    }

    fn is_user(&self) -> bool {
        self.kind.eq_ignore_ascii_case("user")
    }
}

/// Reads a file: components, APIs and systems with their owners, groups with their members.
pub fn read(text: &str) -> Result<Catalog, Unreadable> {
    let mut catalog = Catalog::default();
    let mut entities = Vec::new();
    for Document { line, text } in documents(text) {
        if entities.len() + catalog.skipped.len() >= super::MOST {
            return Err(Unreadable(too_much()));
        }
        match serde_saphyr::from_str::<Value>(&text) {
            Ok(entity) => entities.push((line, entity)),
            Err(error) => {
                let within = error.location().map_or(1, |it| it.line().max(1));
                let first = text.lines().next().unwrap_or_default();
                let why = "this is no YAML that can be read, and was left out as a whole";
                catalog.skip(line + within - 1, first, why);
            }
        }
    }
    let people = people(&entities);
    for (line, entity) in &entities {
        take(&mut catalog, &people, *line, entity);
    }
    join_groups(&mut catalog, &people, &entities);
    Ok(catalog)
}

fn is_kind(entity: &Value, kind: &str) -> bool {
    at(entity, "/kind").is_some_and(|it| it.eq_ignore_ascii_case(kind))
}

/// The addresses of the users in the file, by their names.
fn people(entities: &[(u64, Value)]) -> BTreeMap<String, String> {
    let users = entities.iter().map(|(_, entity)| entity).filter(|it| is_kind(it, "user"));
    let known = users.filter_map(|user| {
        let address = address(at(user, "/spec/profile/email")?)?;
        Some((at(user, "/metadata/name")?.to_lowercase(), address))
    });
    known.collect()
}

fn take(catalog: &mut Catalog, people: &BTreeMap<String, String>, line: u64, entity: &Value) {
    let kind = at(entity, "/kind").unwrap_or_default().to_lowercase();
    let name = at(entity, "/metadata/name");
    match (&kind[..], name) {
        ("component" | "api" | "system", Some(name)) => {
            take_service(catalog, people, line, entity, name);
        }
        ("group", Some(name)) => take_group(catalog, people, line, entity, name),
        // Users say who is in a group, and are read with these.
        ("user", Some(_)) => {}
        ("location", _) => {
            let why = "it names other files: import these, or one with everything in it";
            catalog.skip(line, "Location", why);
        }
        ("", _) => catalog.skip(line, name.unwrap_or_default(), "it has no kind"),
        (_, None) => catalog.skip(line, &kind, "it has no metadata.name"),
        (_, Some(name)) => {
            let why = format!("a {kind} is no service and no group");
            catalog.skip(line, name, why);
        }
    }
}

fn take_service(
    catalog: &mut Catalog,
    people: &BTreeMap<String, String>,
    line: u64,
    entity: &Value,
    name: &str,
) {
    let Some(owner) = at(entity, "/spec/owner") else {
        catalog.skip(line, name, "it has no spec.owner");
        return;
    };
    if name.contains("${{") || owner.contains("${{") {
        catalog.skip(line, name, "it is a template");
        return;
    }
    let owner = Reference::of(owner, "group");
    let owner = if owner.is_user() {
        let Some(address) = people.get(&owner.name.to_lowercase()) else {
            let why = format!("the file has no User “{}” with an e-mail address", owner.name);
            catalog.skip(line, name, why);
            return;
        };
        Owner::Person(address.clone())
    } else {
        Owner::Team(owner.name.to_owned())
    };
    catalog.services.push(ServiceFound { line, name: name.to_owned(), owner });
}

fn take_group(
    catalog: &mut Catalog,
    people: &BTreeMap<String, String>,
    line: u64,
    entity: &Value,
    name: &str,
) {
    let mut members = Vec::new();
    for member in all_at(entity, "/spec/members") {
        let member = Reference::of(member, "user");
        if let Some(address) = people.get(&member.name.to_lowercase()) {
            members.push(address.clone());
        } else {
            let why = format!("the file has no User “{}” with an e-mail address", member.name);
            catalog.skip(line, name, why);
        }
    }
    let title = at(entity, "/spec/profile/displayName").or(at(entity, "/metadata/title"));
    catalog.teams.push(TeamFound {
        line,
        key: name.to_owned(),
        name: title.map(ToOwned::to_owned),
        lead: None,
        members,
    });
}

/// Adds to the groups whoever says of themselves to be in one.
fn join_groups(
    catalog: &mut Catalog,
    people: &BTreeMap<String, String>,
    entities: &[(u64, Value)],
) {
    for (_, user) in entities.iter().filter(|(_, it)| is_kind(it, "user")) {
        let name = at(user, "/metadata/name").unwrap_or_default().to_lowercase();
        let Some(address) = people.get(&name) else { continue };
        for group in all_at(user, "/spec/memberOf") {
            let group = Reference::of(group, "group").name.to_lowercase();
            let known = catalog.teams.iter_mut().find(|it| it.key.to_lowercase() == group);
            if let Some(team) = known
                && !team.members.contains(address)
            {
                team.members.push(address.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CATALOG: &str = include_str!("examples/catalog-info.yaml");

    #[test]
    fn a_file_with_everything_in_it() {
        let catalog = read(CATALOG).unwrap();
        let services: Vec<_> = catalog
            .services
            .iter()
            .map(|it| (it.line, it.name.as_str(), it.owner.clone()))
            .collect();
        let team = |name: &str| Owner::Team(name.to_owned());
        assert_eq!(
            services,
            [
                (3, "checkout", team("shop")),
                (19, "payments-api", team("payments")),
                (33, "storefront", team("shop")),
                (42, "batch", Owner::Person("grace@acme.example".to_owned())),
            ]
        );
        let teams: Vec<_> = catalog
            .teams
            .iter()
            .map(|it| (it.key.as_str(), it.name.as_deref(), it.members.clone()))
            .collect();
        let shop = vec!["ada@acme.example".to_owned(), "grace@acme.example".to_owned()];
        assert_eq!(teams, [("shop", Some("Shop"), shop), ("payments", None, Vec::new())]);
    }

    #[test]
    fn what_is_not_taken_is_said_with_its_line() {
        let catalog = read(CATALOG).unwrap();
        let skipped: Vec<_> = catalog.skipped.iter().map(|it| (it.line, it.why.as_str())).collect();
        let said = |line: u64, words: &str| {
            assert!(
                skipped.iter().any(|(at, why)| *at == line && why.contains(words)),
                "{line} {words}: {skipped:?}"
            );
        };
        said(96, "no spec.owner");
        said(103, "other files");
        said(108, "no service and no group");
        said(50, "no User “linus”");
        let torn = skipped.iter().find(|(_, why)| why.contains("no YAML")).unwrap();
        assert!((90..=95).contains(&torn.0), "{torn:?}");
    }

    #[test]
    fn aliases_that_would_fill_the_memory_are_refused() {
        let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for (before, after) in ('a'..'k').zip('b'..'l') {
            let many = vec![format!("*{before}"); 9].join(", ");
            bomb = format!("{bomb}{after}: &{after} [{many}]\n");
        }
        let catalog = read(&bomb).unwrap();
        assert_eq!(catalog.services.len() + catalog.teams.len(), 0);
        assert_eq!(catalog.skipped.len(), 1, "{:?}", catalog.skipped);
    }
}
