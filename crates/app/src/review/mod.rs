//! Review policies: which incidents are looked back at, and how.

mod facts;
mod governing;
mod incident;
mod invited;
mod policies;
mod trial;

pub use governing::{OpenedBy, PostmortemPolicy};
pub use invited::InvitedPerson;
pub use trial::Tried;
