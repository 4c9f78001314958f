//! Lists in statements.

/// Parameters for a list of so many, the first with that number: `$4, $5, …`.
pub(crate) fn parameters(first: usize, count: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}
