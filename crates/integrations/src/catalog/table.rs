//! A table with the columns service, team, lead email, members.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::{Catalog, Owner, ServiceFound, TeamFound, address, too_much};
use crate::evidence::Unreadable;

/// What a column may be called, in lower case.
const SERVICE: &[&str] = &["service", "services", "component", "system"];
const TEAM: &[&str] = &["team", "owner", "owning team", "squad"];
const LEAD: &[&str] = &["lead email", "lead", "lead e-mail", "team lead", "manager"];
const MEMBERS: &[&str] = &["members", "member", "people", "member emails"];

/// Where each column is.
struct Columns {
    service: Option<usize>,
    team: usize,
    lead: Option<usize>,
    members: Option<usize>,
}

impl Columns {
    fn of(header: &StringRecord) -> Result<Self, Unreadable> {
        let names: Vec<String> =
            header.iter().map(|it| it.replace('_', " ").to_lowercase()).collect();
        let at = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
        let team = at(TEAM).ok_or_else(|| {
            Unreadable(
                "line 1: there is no column “team”. The first line names the columns: \
                 service,team,lead email,members"
                    .to_owned(),
            )
        })?;
        Ok(Self { service: at(SERVICE), team, lead: at(LEAD), members: at(MEMBERS) })
    }
}

/// Reads a table; several members are parted by semicolons, commas or spaces.
pub fn read(text: &str) -> Result<Catalog, Unreadable> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b'\t', b';', b','].into_iter().find(|it| first.as_bytes().contains(it));
    let mut rows = ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let broken = |error: &csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        Unreadable(format!("line {line}: this is no table that can be read: {error}"))
    };
    let columns = Columns::of(rows.headers().map_err(|error| broken(&error))?)?;
    let mut catalog = Catalog::default();
    for row in rows.records() {
        let row = row.map_err(|error| broken(&error))?;
        if catalog.is_full() {
            return Err(Unreadable(too_much()));
        }
        take(&mut catalog, &columns, &row);
    }
    Ok(catalog)
}

fn take(catalog: &mut Catalog, columns: &Columns, row: &StringRecord) {
    let line = row.position().map_or(0, csv::Position::line);
    let whole = || row.iter().collect::<Vec<_>>().join(",");
    let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).filter(|it| !it.is_empty());
    let service = cell(columns.service);
    let Some(team) = cell(Some(columns.team)) else {
        if service.is_some() {
            catalog.skip(line, &whole(), "it names no team");
        }
        return;
    };
    let mut found = TeamFound {
        line,
        key: team.to_owned(),
        name: Some(team.to_owned()),
        ..TeamFound::default()
    };
    if let Some(lead) = cell(columns.lead) {
        found.lead = address(lead);
        if found.lead.is_none() {
            catalog.skip(line, lead, "the lead is named by an e-mail address");
        }
    }
    let members = cell(columns.members).unwrap_or_default();
    for word in members.split([';', ',', ' ', '\n']).map(str::trim).filter(|it| !it.is_empty()) {
        match address(word) {
            Some(address) => found.members.push(address),
            // `Ada Example <ada@example.org>`: the name says nothing that the account does not.
            None if members.contains('<') => {}
            None => catalog.skip(line, word, "members are named by their e-mail addresses"),
        }
    }
    catalog.teams.push(found);
    if let Some(name) = service {
        let owner = Owner::Team(team.to_owned());
        catalog.services.push(ServiceFound { line, name: name.to_owned(), owner });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WILD: &str = "\u{feff}Service;Team;Lead email;Members\n\
        checkout;Shop;Wen@Demo.example;\"Ada Byron <ada@demo.example>, tomas@demo.example\"\n\
        search;Shop;;\n\
        ;Payments;nobody;grace@demo.example;\n\
        orphan;;;\n\
        \"fraud, scoring\";Payments;;Ada\n";

    #[test]
    fn a_table_as_a_spreadsheet_saves_it() {
        let catalog = read(WILD).unwrap();
        let services: Vec<_> = catalog.services.iter().map(|it| (it.line, &it.name[..])).collect();
        assert_eq!(services, [(2, "checkout"), (3, "search"), (6, "fraud, scoring")]);
        let shop = &catalog.teams[0];
        assert_eq!(shop.lead.as_deref(), Some("wen@demo.example"));
        assert_eq!(shop.members, ["ada@demo.example", "tomas@demo.example"]);
        assert_eq!(catalog.teams[2].members, ["grace@demo.example"]);
        let skipped: Vec<_> = catalog.skipped.iter().map(|it| (it.line, &it.text[..])).collect();
        assert_eq!(skipped, [(4, "nobody"), (5, "orphan,,,"), (6, "Ada")]);
    }

    #[test]
    fn what_is_no_such_table_is_said_with_its_line() {
        for (text, line) in
            [("a,b\n1,2\n", "line 1"), ("", "line 1"), ("service,team\n\"open,x\n", "")]
        {
            match read(text) {
                Err(Unreadable(why)) => assert!(why.contains(line), "{why}"),
                // A quotation mark that is not closed ends with the file.
                Ok(catalog) => assert!(line.is_empty() && catalog.services.is_empty(), "{text}"),
            }
        }
    }
}
