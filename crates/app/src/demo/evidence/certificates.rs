//! The morning on which partners could not fetch orders.

use super::{DAY, DEPLOYS, HOUR, TICKETS, Told, alert, told};

pub(super) fn events() -> Vec<Told> {
    let [fired, resolved] =
        alert(7 * HOUR + 1, 37, "partner-api", "api: TLS handshake errors above 5 %", "critical");
    let link = "https://alerts.demo.example/tls/77";
    vec![
        fired.link(link),
        resolved.link(link),
        told(-DAY + 19 * HOUR, DEPLOYS, "partner-api", "Replaced the load balancer"),
        told(7 * HOUR + 3, TICKETS, "partner-api", "Our warehouse cannot fetch orders")
            .link("https://help.demo.example/tickets/54002")
            .named("ticket 54002"),
    ]
}
