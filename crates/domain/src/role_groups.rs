//! Which role somebody has by the groups that the organisation's provider of sign-ins tells of them.

use crate::people::Role;

/// The groups that give a role. Where none is named, roles are given by administrators alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleGroups {
    /// Whoever is in one of these is an administrator.
    pub admins: Vec<String>,
    /// Whoever is in one of these, and no administrator, leads rooms.
    pub facilitators: Vec<String>,
}

impl RoleGroups {
    /// The role of somebody in these groups; `None` where groups decide nothing.
    pub fn role_of(&self, groups: &[String]) -> Option<Role> {
        if self.admins.is_empty() && self.facilitators.is_empty() {
            return None;
        }
        let in_any = |wanted: &[String]| groups.iter().any(|group| wanted.contains(group));
        Some(if in_any(&self.admins) {
            Role::Admin
        } else if in_any(&self.facilitators) {
            Role::Facilitator
        } else {
            Role::Member
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &[&str]) -> Vec<String> {
        all.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn the_highest_role_counts_and_no_group_is_a_member() {
        let groups = RoleGroups { admins: names(&["it"]), facilitators: names(&["leads", "it"]) };
        for (of, role) in [
            (&["it", "leads"][..], Role::Admin),
            (&["leads"], Role::Facilitator),
            (&["sales", "Leads"], Role::Member),
            (&[], Role::Member),
        ] {
            assert_eq!(groups.role_of(&names(of)), Some(role), "{of:?}");
        }
    }

    #[test]
    fn where_no_group_is_named_nothing_is_decided() {
        assert_eq!(RoleGroups::default().role_of(&names(&["it"])), None);
    }
}
