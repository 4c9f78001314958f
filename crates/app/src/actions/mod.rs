//! The actions of all post-mortems: the list, the filters that people keep, and what became of what
//! is behind an action that is done.

mod filters;
mod list;
mod watch;

pub use filters::{FilterPatch, FilterToKeep};
pub use list::{ActionsWanted, DueWanted, ListedAction, OwnerWanted};
pub use watch::{FiredAgain, Watch, WatchedAlert};
