//! A client that goes nowhere but to public addresses, whatever a name leads to.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::is_public;

const PATIENCE: Duration = Duration::from_secs(20);

/// A name may be made to lead into the network behind this server, also after it was checked: so
/// it is looked at each time that it is asked for.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|it| is_public(it.ip())).collect();
            if public.is_empty() {
                return Err("its name leads into a private network".into());
            }
            let public: Addrs = Box::new(public.into_iter());
            Ok(public)
        })
    }
}

/// A client for messages. It follows nobody elsewhere.
pub fn client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .dns_resolver(Arc::new(PublicOnly))
        .no_proxy()
        .timeout(PATIENCE)
        .user_agent("Afterword")
        .build()
}
