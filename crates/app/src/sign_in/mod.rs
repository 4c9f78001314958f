//! Who somebody is: passwords, links by mail, sessions, bearer tokens.

mod address;
mod link;
mod password;
mod session;
pub(crate) mod throttle;
mod token;

pub use session::NewSession;
pub use token::NewToken;
