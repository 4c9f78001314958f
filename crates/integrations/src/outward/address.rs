//! An address, checked.

use std::net::IpAddr;

use reqwest::Url;

/// How far requests may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To addresses that are reached from everywhere.
    Public,
    /// And to this machine, where the whole installation is for this machine alone.
    ThisMachine,
    /// Anywhere, as whoever runs the server has said.
    Private,
}

/// An address to which a request may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutwardAddress(Url);

impl OutwardAddress {
    /// Checks an address. A refusal is the end of a sentence that begins with "this address".
    pub fn parse(text: &str, reach: Reach) -> Result<Self, &'static str> {
        let url: Url =
            text.trim().parse().map_err(|_| "cannot be read: copy all of it, from https:// on")?;
        let host = url.host_str().ok_or("names no host")?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err("must not have a name or password in it");
        }
        let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
        let is_here = ip.is_some_and(|ip| ip.is_loopback());
        let is_web = matches!(url.scheme(), "http" | "https");
        if is_web && (reach == Reach::Private || (is_here && reach == Reach::ThisMachine)) {
            return Ok(Self(url));
        }
        if url.scheme() != "https" {
            return Err("has to begin with https://");
        }
        let named_here = host == "localhost" || host.ends_with(".localhost");
        if named_here || ip.is_some_and(|ip| !is_public(ip)) {
            return Err("leads into a private network");
        }
        Ok(Self(url))
    }

    /// The address itself.
    pub(crate) fn url(&self) -> Url {
        self.0.clone()
    }

    /// Where an answer from here sends on to, if that is an address at all.
    pub(crate) fn joined(&self, location: &str) -> Option<String> {
        self.0.join(location).ok().map(String::from)
    }

    /// The name of the host.
    pub fn host(&self) -> &str {
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
            assert!(OutwardAddress::parse(good, Reach::Public).is_ok(), "{good}");
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
            assert!(OutwardAddress::parse(bad, Reach::Public).is_err(), "{bad}");
        }
    }

    #[test]
    fn this_machine_is_meant_only_where_the_installation_is_for_it_alone() {
        let parse = |text| OutwardAddress::parse(text, Reach::ThisMachine);
        assert!(parse("http://127.0.0.1:8080/x").is_ok());
        assert!(parse("http://10.0.0.1/x").is_err());
        assert!(parse("https://10.0.0.1/x").is_err());
    }

    #[test]
    fn whoever_runs_the_server_may_allow_more() {
        let parse = |text| OutwardAddress::parse(text, Reach::Private);
        assert!(parse("http://10.0.0.1/x").is_ok());
        assert!(parse("http://calendar.internal/x").is_ok());
        assert!(parse("file:///etc/passwd").is_err());
        assert!(parse("https://name@calendar.internal/x").is_err());
    }
}
