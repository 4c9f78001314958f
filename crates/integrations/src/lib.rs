//! Other people's systems: one folder a vendor or protocol, registered only when configured.

pub mod cloudevents;
pub mod evidence;
pub mod generic;
pub mod mail;

use evidence::Vendor;

/// Every vendor that evidence can come from; the next one is a folder and a line.
pub const VENDORS: &[&dyn Vendor] = &[&cloudevents::CloudEvents, &generic::Generic];

/// The vendor of that slug.
pub fn vendor(slug: &str) -> Option<&'static dyn Vendor> {
    VENDORS.iter().copied().find(|vendor| vendor.slug() == slug)
}
