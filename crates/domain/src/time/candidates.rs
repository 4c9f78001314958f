//! Several ways to understand something, and what makes them several.

/// The ways in which something can be understood.
///
/// Without a doubt there is exactly one value; with a doubt there may be any number,
/// none included, and nobody but the writer can say which is meant.
#[derive(Clone, Debug)]
pub(crate) struct Candidates<T> {
    pub(crate) values: Vec<T>,
    /// A sentence that says why there is a doubt.
    pub(crate) doubt: Option<String>,
}

impl<T> Candidates<T> {
    pub(super) fn sure(value: T) -> Self {
        Self { values: vec![value], doubt: None }
    }

    pub(super) fn doubtful(doubt: impl Into<String>, values: Vec<T>) -> Self {
        Self { values, doubt: Some(doubt.into()) }
    }

    /// Goes on from every value; the first doubt is the one that is told.
    pub(super) fn and_then<U>(self, next: impl FnMut(T) -> Candidates<U>) -> Candidates<U> {
        let mut doubt = self.doubt;
        let mut values = Vec::new();
        for candidates in self.values.into_iter().map(next) {
            doubt = doubt.or(candidates.doubt);
            values.extend(candidates.values);
        }
        Candidates { values, doubt }
    }

    pub(super) fn map<U>(self, next: impl FnMut(T) -> U) -> Candidates<U> {
        Candidates { values: self.values.into_iter().map(next).collect(), doubt: self.doubt }
    }
}
