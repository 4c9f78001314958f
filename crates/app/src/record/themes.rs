//! Few themes: more than the policy names are chosen only with a reason.

use std::collections::BTreeSet;

use afterword_record::{Edit, Part, Projection};

use crate::error::AppError;

/// Whether an edit may choose a theme.
pub(super) fn touches_themes(edit: &Edit) -> bool {
    matches!(edit, Edit::AddTheme(_) | Edit::PatchTheme(..))
}

/// Refuses the edits if one of them chooses a theme beyond the `few` that the policy names, and says
/// no reason.
pub(super) fn check_few(before: &Projection, edits: &[Edit], few: usize) -> Result<(), AppError> {
    let chosen = before.themes.iter().filter(|theme| !theme.candidate);
    let mut chosen: BTreeSet<&str> = chosen.map(|theme| theme.id.as_str()).collect();
    for edit in edits {
        let (id, reason) = match edit {
            Edit::AddTheme(new) if !new.candidate => (new.id.as_str(), new.reason.as_str()),
            Edit::PatchTheme(id, patch) if patch.candidate == Some(false) => {
                let stands = before.themes.iter().find(|theme| theme.id == *id);
                let stands = stands.map_or("", |theme| theme.reason.as_str());
                (id.as_str(), patch.reason.as_deref().unwrap_or(stands))
            }
            Edit::PatchTheme(id, patch) if patch.candidate == Some(true) => {
                chosen.remove(id.as_str());
                continue;
            }
            Edit::Delete(Part::Themes, id) => {
                chosen.remove(id.as_str());
                continue;
            }
            _ => continue,
        };
        if chosen.insert(id) && chosen.len() > few && reason.trim().is_empty() {
            let detail =
                format!("{few} themes are chosen already: say why this one has to be among them");
            return Err(AppError::invalid("reason", detail));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use afterword_record::edit::{NewTheme, ThemePatch};

    use super::*;

    fn new(id: &str, reason: &str) -> Edit {
        let (id, reason) = (id.to_owned(), reason.to_owned());
        Edit::AddTheme(NewTheme { id, reason, ..NewTheme::default() })
    }

    fn choice(id: &str, candidate: bool) -> Edit {
        let patch = ThemePatch { candidate: Some(candidate), ..ThemePatch::default() };
        Edit::PatchTheme(id.to_owned(), patch)
    }

    #[test]
    fn a_fourth_theme_needs_a_reason() {
        let three = [new("a", ""), new("b", ""), new("c", "")];
        let with = |more: Vec<Edit>| {
            check_few(&Projection::default(), &[three.to_vec(), more].concat(), 3).is_ok()
        };
        assert!(with(vec![]));
        assert!(!with(vec![new("d", " ")]));
        assert!(with(vec![new("d", "It stands behind the other three.")]));
        assert!(!with(vec![choice("d", false)]));
        assert!(with(vec![choice("a", false)]), "it is chosen already");
        assert!(with(vec![choice("a", true), choice("d", false)]));
        assert!(with(vec![Edit::Delete(Part::Themes, "a".to_owned()), new("d", "")]));
    }
}
