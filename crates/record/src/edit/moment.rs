//! The time of an entry after a patch.

use afterword_domain::timeline::{Moment, Precision};
use jiff::Timestamp;

use super::{EditError, Field, limits::invalid};

/// The moment that the given values state. `None` for the precision: what follows from the
/// times, near what it was before.
pub(super) fn moment(
    at: Option<Timestamp>,
    until: Option<Timestamp>,
    precision: Option<Precision>,
    before: Option<Precision>,
) -> Result<Moment, EditError> {
    let Some(at) = at else {
        return match (until, precision) {
            (None, None | Some(Precision::Unknown)) => Ok(Moment::Unknown),
            (Some(_), _) => Err(invalid("until", "a range needs its beginning: give `at` too")),
            (None, Some(_)) => Err(invalid("precision", "without `at` it can only be unknown")),
        };
    };
    match (until, precision) {
        (Some(until), None | Some(Precision::Range)) if until >= at => Ok(Moment::Range(at, until)),
        (Some(_), None | Some(Precision::Range)) => {
            Err(invalid("until", "is before `at`: check the dates, and whether both are in UTC"))
        }
        (Some(_), Some(_)) => Err(invalid("until", "only a range has an end")),
        (None, Some(Precision::Range)) => Err(invalid("until", "give the end of the range")),
        (None, Some(Precision::Unknown)) => {
            Err(invalid("precision", "with a time it cannot be unknown"))
        }
        (None, Some(Precision::Approximate)) => Ok(Moment::Approximate(at)),
        (None, None) if before == Some(Precision::Approximate) => Ok(Moment::Approximate(at)),
        (None, Some(Precision::Exact) | None) => Ok(Moment::Exact(at)),
    }
}

/// The moment after a patch: the end of a range goes when the precision is no longer one.
pub(super) fn patched(
    before: Moment,
    at: &Field<Timestamp>,
    until: &Field<Timestamp>,
    precision: Option<Precision>,
) -> Result<Moment, EditError> {
    if *at == Field::Keep && *until == Field::Keep && precision.is_none() {
        return Ok(before);
    }
    let no_longer_known = *at == Field::Clear || precision == Some(Precision::Unknown);
    if no_longer_known && at.set().is_none() && until.set().is_none() {
        return moment(None, None, precision, None);
    }
    let keeps_end = matches!(precision, None | Some(Precision::Range));
    let end = until.clone().over(before.until().filter(|_| keeps_end));
    moment(at.clone().over(before.at()), end, precision, Some(before.precision()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn t(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn patch(
        before: Moment,
        at: &Field<Timestamp>,
        until: &Field<Timestamp>,
        precision: Option<Precision>,
    ) -> Result<Moment, EditError> {
        patched(before, at, until, precision)
    }

    #[test]
    fn what_is_not_said_stays() {
        let range = Moment::Range(t(1), t(5));
        let keep = Field::Keep;
        assert_eq!(patch(range, &keep, &keep, None), Ok(range));
        assert_eq!(patch(range, &Field::Set(t(2)), &keep, None), Ok(Moment::Range(t(2), t(5))));
        let about = Moment::Approximate(t(1));
        assert_eq!(patch(about, &Field::Set(t(2)), &keep, None), Ok(Moment::Approximate(t(2))));
        assert_eq!(patch(Moment::Unknown, &Field::Set(t(2)), &keep, None), Ok(Moment::Exact(t(2))));
    }

    #[test]
    fn the_precision_follows_the_times_and_the_times_the_precision() {
        let exact = Moment::Exact(t(1));
        let keep = Field::Keep;
        assert_eq!(patch(exact, &keep, &Field::Set(t(5)), None), Ok(Moment::Range(t(1), t(5))));
        let range = Moment::Range(t(1), t(5));
        let exactly = Some(Precision::Exact);
        assert_eq!(patch(range, &keep, &keep, exactly), Ok(exact));
        assert_eq!(patch(range, &keep, &Field::Clear, None), Ok(exact));
        assert_eq!(patch(range, &Field::Clear, &keep, None), Ok(Moment::Unknown));
        let unknown = Some(Precision::Unknown);
        assert_eq!(patch(range, &keep, &keep, unknown), Ok(Moment::Unknown));
    }

    #[test]
    fn contradictions_are_refused() {
        let exact = Moment::Exact(t(3));
        let field = |result: Result<Moment, EditError>| match result {
            Err(EditError::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        };
        let keep = Field::Keep;
        assert_eq!(field(patch(exact, &keep, &Field::Set(t(1)), None)), "until");
        assert_eq!(field(patch(exact, &keep, &keep, Some(Precision::Range))), "until");
        let exactly = Some(Precision::Exact);
        assert_eq!(field(patch(Moment::Unknown, &keep, &keep, exactly)), "precision");
        assert_eq!(field(moment(None, Some(t(1)), None, None)), "until");
    }
}
