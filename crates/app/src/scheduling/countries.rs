//! Countries whose public holidays are known.

use afterword_integrations::holidays;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;

/// A country whose public holidays are known.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Country)]
pub struct CountryView {
    /// ISO 3166-1, two letters.
    pub code: &'static str,
    /// In English.
    pub name: &'static str,
    /// Whether days are known that are holidays only in a part of it.
    pub regional: bool,
}

impl App {
    /// Every country whose public holidays are known, by name.
    pub fn countries(&self) -> Vec<CountryView> {
        let view = |it: holidays::KnownCountry| CountryView {
            code: it.code,
            name: it.name,
            regional: it.regional,
        };
        holidays::countries().into_iter().map(view).collect()
    }
}
