//! Public holidays of countries, from the data of the crate `opening-hours`, which its maintainers
//! keep up.

use std::collections::BTreeSet;

use jiff::civil::Date;
use opening_hours::ContextHolidays;
use opening_hours::localization::Country;

/// A country whose public holidays are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownCountry {
    /// ISO 3166-1, two letters.
    pub code: &'static str,
    /// In English.
    pub name: &'static str,
    /// Whether days are known that are holidays only in a part of it.
    pub regional: bool,
}

/// Every country whose public holidays are known, by name.
pub fn countries() -> Vec<KnownCountry> {
    let known = |it: Country| KnownCountry {
        code: it.iso_code(),
        name: it.name(),
        regional: it.holidays_regional().get_public().count() > 0,
    };
    let mut all: Vec<_> = Country::ALL.into_iter().map(known).collect();
    all.sort_unstable_by_key(|it| it.name);
    all
}

/// The public holidays of a country between two days, both included; with `regional` also those of
/// a part of it, of which is not known which. `None` for a country of which nothing is known.
pub fn public_holidays(
    country: &str,
    regional: bool,
    from: Date,
    until: Date,
) -> Option<BTreeSet<Date>> {
    let country: Country = country.parse().ok()?;
    let mut days = within(&country.holidays(), from, until);
    if regional {
        days.extend(within(&country.holidays_regional(), from, until));
    }
    Some(days)
}

fn within(holidays: &ContextHolidays, from: Date, until: Date) -> BTreeSet<Date> {
    // The library's dates are another library's: their text is common to both.
    let dates = holidays.get_public().iter().filter_map(|it| it.to_string().parse::<Date>().ok());
    dates.skip_while(|it| *it < from).take_while(|it| *it <= until).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn year(country: &str, regional: bool) -> BTreeSet<Date> {
        public_holidays(country, regional, date(2026, 1, 1), date(2026, 12, 31)).unwrap()
    }

    #[test]
    fn holidays_are_those_of_the_country() {
        let germany = year("DE", false);
        for day in [date(2026, 1, 1), date(2026, 4, 3), date(2026, 5, 1), date(2026, 10, 3)] {
            assert!(germany.contains(&day), "{day}");
        }
        assert!(!germany.contains(&date(2026, 7, 4)));
        assert!(year("US", false).contains(&date(2026, 11, 26)));
        assert!(year("AU", false).contains(&date(2026, 1, 26)));
        assert_eq!(public_holidays("XX", false, date(2026, 1, 1), date(2026, 1, 2)), None);
    }

    #[test]
    fn those_of_a_part_come_with_it_only_where_that_is_wanted() {
        // Epiphany is a holiday in three of the German states.
        let epiphany = date(2026, 1, 6);
        assert!(!year("DE", false).contains(&epiphany));
        assert!(year("DE", true).contains(&epiphany));
    }

    #[test]
    fn the_data_reaches_far_enough() {
        let far = |code| public_holidays(code, false, date(2050, 1, 1), date(2050, 12, 31));
        let mut known = 0;
        for country in countries() {
            known += usize::from(far(country.code).is_some_and(|it| !it.is_empty()));
        }
        assert!(known > 100, "{known} countries");
        assert!(countries().iter().any(|it| it.code == "DE" && it.regional));
    }
}
