//! A client that goes nowhere but where it may, whatever a name leads to.

use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::{Reach, is_public};

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

/// What builds a client for such addresses. It follows nobody elsewhere.
pub(crate) fn builder(reach: Reach) -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .user_agent("Afterword");
    match reach {
        Reach::Private => builder,
        Reach::Public | Reach::ThisMachine => builder.dns_resolver(Arc::new(PublicOnly)),
    }
}
