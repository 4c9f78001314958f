//! A `CODEOWNERS` file, as GitHub, GitLab and Bitbucket read it: patterns of paths, and who owns
//! what they match. A file of paths names no services; one is made of each folder, or of the whole.

use super::{Catalog, Owner, ServiceFound, address, too_much};
use crate::evidence::Unreadable;

/// What the paths of a file mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeOwners {
    /// The whole repository is this service: its owner is who owns everything.
    pub service: Option<String>,
    /// The services are the folders in this one; those at the top if absent.
    pub below: Option<String>,
}

/// A rule of the file.
struct Rule<'a> {
    line: u64,
    text: &'a str,
    path: String,
    owners: Vec<String>,
}

/// Reads a file.
pub fn read(text: &str, how: &CodeOwners) -> Result<Catalog, Unreadable> {
    let mut catalog = Catalog::default();
    // GitLab's sections have owners for all rules in them that name none.
    let mut section = Vec::new();
    let mut everything: Option<ServiceFound> = None;
    for (number, text) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        if catalog.is_full() {
            return Err(Unreadable(too_much()));
        }
        let Some(rule) = rule(&mut catalog, &mut section, number, text) else { continue };
        match &how.service {
            Some(service) if is_everything(&rule.path) => {
                // Of several, the last counts, as for paths.
                everything = found(&mut catalog, &rule, service).or(everything);
            }
            Some(_) => {
                catalog.skip(number, text, "it is about a part, and the service is the whole");
            }
            None => take_folder(&mut catalog, &rule, how.below.as_deref()),
        }
    }
    if let Some(service) = &how.service
        && everything.is_none()
    {
        let why = "no line says who owns everything: a line such as “* @org/team”";
        catalog.skip(0, service, why);
    }
    catalog.services.extend(everything);
    Ok(catalog)
}

/// What a line says; nothing for comments, sections and empty ones.
fn rule<'a>(
    catalog: &mut Catalog,
    section: &mut Vec<String>,
    line: u64,
    text: &'a str,
) -> Option<Rule<'a>> {
    let words = words(text);
    let (first, others) = words.split_first()?;
    let heading = first.trim_start_matches('^');
    if heading.starts_with('[') {
        // `[Name]`, `^[Name][2] @owner`: a name may have spaces in it.
        let owners = text.rsplit_once(']').map_or("", |(_, owners)| owners);
        *section = self::words(owners);
        return None;
    }
    if first.starts_with('!') {
        catalog.skip(line, text, "it says what nobody owns");
        return None;
    }
    let owners = if others.is_empty() { section.clone() } else { others.to_vec() };
    if owners.is_empty() {
        catalog.skip(line, text, "it names no owner");
        return None;
    }
    Some(Rule { line, text, path: first.clone(), owners })
}

/// The words of a line up to a comment; a space after a backslash parts none.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        let starts = words.last().is_none_or(String::is_empty);
        match c {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            '#' if !escaped && starts => break,
            c if c.is_whitespace() && !escaped => words.push(String::new()),
            c => words.last_mut().into_iter().for_each(|word| word.push(c)),
        }
        escaped = false;
    }
    words.retain(|word| !word.is_empty());
    words
}

fn is_everything(path: &str) -> bool {
    matches!(path, "*" | "**" | "/" | "/*" | "/**" | "**/*" | "/**/*")
}

/// The owner of a rule: the first team, else the first person with an address.
fn found(catalog: &mut Catalog, rule: &Rule<'_>, name: &str) -> Option<ServiceFound> {
    let team = |owner: &String| {
        let (_, team) = owner.strip_prefix('@')?.split_once('/')?;
        // GitLab's groups may lie in groups: the last is the team.
        let team = team.rsplit('/').next().unwrap_or(team);
        (!team.is_empty()).then(|| Owner::Team(team.to_owned()))
    };
    let person = |owner: &String| {
        (!owner.starts_with('@')).then(|| address(owner)).flatten().map(Owner::Person)
    };
    let owner = rule.owners.iter().find_map(team).or_else(|| rule.owners.iter().find_map(person));
    let Some(owner) = owner else {
        let why = "its owners are accounts elsewhere: name a team (@org/team) or an e-mail address";
        catalog.skip(rule.line, rule.text, why);
        return None;
    };
    Some(ServiceFound { line: rule.line, name: name.to_owned(), owner })
}

/// The folder that a path names, if it names one whole folder at that place.
fn folder<'a>(path: &'a str, below: Option<&str>) -> Option<&'a str> {
    let path = path.trim_start_matches("**/").trim_start_matches('/');
    let path = match below.map(|it| it.trim_matches('/')).filter(|it| !it.is_empty()) {
        Some(below) => path.strip_prefix(below)?.strip_prefix('/')?,
        None => path,
    };
    let whole = ["/**/*", "/**", "/*", "/"].iter().find_map(|end| path.strip_suffix(end));
    let name = whole.unwrap_or(path);
    // Without a slash behind it, a name with a dot is a file.
    let is_file = whole.is_none() && name.contains('.');
    (!name.is_empty() && !is_file && !name.contains(['*', '?', '[', '/'])).then_some(name)
}

fn take_folder(catalog: &mut Catalog, rule: &Rule<'_>, below: Option<&str>) {
    let Some(name) = folder(&rule.path, below) else {
        let why = match below {
            Some(below) => format!("it names no folder in {below}, so that no service follows"),
            None => "it names no folder at the top, so that no service follows".to_owned(),
        };
        catalog.skip(rule.line, rule.text, why);
        return;
    };
    let service = found(catalog, rule, name);
    // Of several rules for one path the last counts.
    if let Some(service) = service {
        catalog.services.retain(|it| it.name != service.name);
        catalog.services.push(service);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONOREPO: &str = "# Who is asked to review what\n\
        *                 @acme/platform\n\
        *.md              @acme/docs # words\n\
        /checkout/        @acme/shop @ada\n\
        /payments/**      payments-lead@acme.example\n\
        search            @acme/search-and-discovery\n\
        /infra/dns/       @acme/platform\n\
        /my\\ tools/       @acme/platform\n\
        /legacy/          @somebody\n\
        /empty/\n\
        /checkout         @acme/checkout-core\n\
        [Data] @acme/teams/data\n\
        warehouse/\n\
        ^[Optional][2]\n\
        !/warehouse/tmp/\n";

    fn services(catalog: &Catalog) -> Vec<(u64, &str, &str)> {
        let all = catalog.services.iter().map(|it| match &it.owner {
            Owner::Team(owner) | Owner::Person(owner) => {
                (it.line, it.name.as_str(), owner.as_str())
            }
        });
        all.collect()
    }

    #[test]
    fn each_folder_at_the_top_is_a_service() {
        let catalog = read(MONOREPO, &CodeOwners::default()).unwrap();
        assert_eq!(
            services(&catalog),
            [
                (5, "payments", "payments-lead@acme.example"),
                (6, "search", "search-and-discovery"),
                (8, "my tools", "platform"),
                (11, "checkout", "checkout-core"),
                (13, "warehouse", "data"),
            ]
        );
        let skipped: Vec<u64> = catalog.skipped.iter().map(|it| it.line).collect();
        assert_eq!(skipped, [2, 3, 7, 9, 10, 15]);
        assert!(catalog.skipped[3].why.contains("elsewhere"), "{}", catalog.skipped[3].why);
    }

    #[test]
    fn services_may_lie_in_a_folder() {
        let how = CodeOwners { below: Some("services/".to_owned()), ..CodeOwners::default() };
        let text = "/services/cart/ @acme/shop\n/services/cart/db/ @acme/data\n/docs/ @acme/docs\n";
        let catalog = read(text, &how).unwrap();
        assert_eq!(services(&catalog), [(1, "cart", "shop")]);
        assert_eq!(catalog.skipped.len(), 2);
    }

    #[test]
    fn the_whole_may_be_one_service() {
        let how = CodeOwners { service: Some("shop".to_owned()), ..CodeOwners::default() };
        let catalog = read("* @acme/old\n/x/ @acme/x\n* @acme/platform\n", &how).unwrap();
        assert_eq!(services(&catalog), [(3, "shop", "platform")]);
        assert_eq!(catalog.skipped.len(), 1);
        let nobody = read("/x/ @acme/x\n", &how).unwrap();
        assert!(nobody.services.is_empty());
        assert_eq!(nobody.skipped.last().map(|it| it.line), Some(0));
    }
}
