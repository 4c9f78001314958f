//! Where somebody's channel is: an address that anybody with an account may set, and that must not
//! lead into the network behind this server.

use std::net::IpAddr;

use reqwest::Url;

use super::ChatError;
use crate::evidence::Address;

/// The address of an incoming webhook.
#[derive(Clone, Debug)]
pub struct ChatAddress(Url);

impl ChatAddress {
    /// Checks an address. `loopback`: whether this machine itself may be meant, where the whole
    /// installation is for this machine alone.
    pub fn parse(text: &str, loopback: bool) -> Result<Self, ChatError> {
        let refused = |why: &str| ChatError::Refused(format!("this address {why}"));
        let url: Url = text
            .trim()
            .parse()
            .map_err(|_| refused("cannot be read: copy all of it, from https:// on"))?;
        let host = url.host_str().ok_or_else(|| refused("names no host"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused("must not have a name or password in it"));
        }
        let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
        let here = ip.is_some_and(|ip| ip.is_loopback());
        if here && loopback {
            return Ok(Self(url));
        }
        if url.scheme() != "https" {
            return Err(refused("has to begin with https://"));
        }
        let named_here = host == "localhost" || host.ends_with(".localhost");
        if named_here || ip.is_some_and(|ip| !is_public(ip)) {
            return Err(refused("leads into a private network; use that of the chat service"));
        }
        Ok(Self(url))
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

/// Whether an address is reached from everywhere. What is not known to be is not.
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, ..] = ip.octets();
            let shared = a == 100 && (64..128).contains(&b);
            let benchmark = a == 198 && (18..20).contains(&b);
            let protocols = a == 192 && b == 0 && ip.octets()[2] == 0;
            !(a == 0
                || a >= 224
                || ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_documentation()
                || shared
                || benchmark
                || protocols)
        }
        IpAddr::V6(ip) => {
            if let Some(ip) = ip.to_ipv4_mapped() {
                return is_public(IpAddr::V4(ip));
            }
            // Global unicast without what stands in for other networks: 6to4, Teredo, documentation.
            let [a, b, ..] = ip.segments();
            (0x2000..0x4000).contains(&a)
                && a != 0x2002
                && !(a == 0x2001 && b < 0x0200)
                && !(a == 0x2001 && b == 0x0db8)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_outside_world_are_taken() {
        for good in [
            "https://hooks.slack.com/services/T0/B0/x",
            " https://prod-1.westeurope.logic.azure.com:443/workflows/1?sig=x ",
            "https://93.184.215.14/x",
        ] {
            assert!(ChatAddress::parse(good, false).is_ok(), "{good}");
        }
        for bad in [
            "hooks.slack.com/services",
            "http://hooks.slack.com/services",
            "https://name@hooks.slack.com/",
            "https://localhost/x",
            "https://a.localhost/x",
            "https://127.0.0.1/x",
            "http://127.0.0.1:8080/x",
            "https://10.0.0.1/x",
            "https://172.16.1.1/x",
            "https://192.168.1.1/x",
            "https://169.254.169.254/latest/meta-data",
            "https://100.64.1.1/x",
            "https://0.0.0.0/x",
            "https://2130706433/x",
            "https://[::1]/x",
            "https://[::ffff:10.0.0.1]/x",
            "https://[fd00::1]/x",
            "https://[fe80::1]/x",
            "https://[2002:0a00:0001::1]/x",
            "file:///etc/passwd",
            "",
        ] {
            assert!(matches!(ChatAddress::parse(bad, false), Err(ChatError::Refused(_))), "{bad}");
        }
    }

    #[test]
    fn this_machine_is_meant_only_where_the_installation_is_for_it_alone() {
        assert!(ChatAddress::parse("http://127.0.0.1:8080/x", true).is_ok());
        assert!(ChatAddress::parse("http://10.0.0.1/x", true).is_err());
        assert!(ChatAddress::parse("https://10.0.0.1/x", true).is_err());
    }
}
