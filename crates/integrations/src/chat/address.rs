//! Where somebody's channel is.

use reqwest::Url;

use super::ChatError;
use crate::evidence::Address;
use crate::outward::{OutwardAddress, Reach};

/// The address of an incoming webhook.
#[derive(Clone, Debug)]
pub struct ChatAddress(Url);

impl ChatAddress {
    /// Checks an address. `loopback`: whether this machine itself may be meant, where the whole
    /// installation is for this machine alone.
    pub fn parse(text: &str, loopback: bool) -> Result<Self, ChatError> {
        let reach = if loopback { Reach::ThisMachine } else { Reach::Public };
        let address = OutwardAddress::parse(text, reach);
        let refused = |why| ChatError::Refused(format!("this address {why}"));
        address.map(|it| Self(it.url())).map_err(refused)
    }

    /// Checks the address of a channel of the organisation, which only an administrator sets: it may
    /// lead into the network behind this server, as that of a tracker may.
    pub fn of_organisation(text: &str) -> Result<Self, ChatError> {
        let address = Address::parse_setting("url", text.trim());
        address.map(|it| Self(it.whole())).map_err(|it| ChatError::Refused(it.to_string()))
    }

    pub(super) fn url(&self) -> Url {
        self.0.clone()
    }

    pub(super) fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_refused_in_words() {
        assert!(ChatAddress::parse("https://hooks.slack.com/services/T0/B0/x", false).is_ok());
        assert!(ChatAddress::parse("http://127.0.0.1:8080/x", true).is_ok());
        let refused = ChatAddress::parse("https://127.0.0.1/x", false).unwrap_err();
        assert_eq!(refused.to_string(), "this address leads into a private network");
    }
}
