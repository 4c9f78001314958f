//! Who somebody is: passwords, links by mail, the organisation's provider, sessions, bearer tokens.

mod address;
mod link;
mod password;
mod provider;
mod session;
pub(crate) mod throttle;
mod token;

pub use provider::{FromProvider, ProviderRefused, ProviderSignIn, ToProvider};
pub use session::NewSession;
pub use token::NewToken;
