//! At which line of a text something stands.

/// The beginnings of a text's lines.
pub(super) struct Lines {
    starts: Vec<usize>,
    first: usize,
}

impl Lines {
    /// Of a text whose first line has the given number.
    pub(super) fn of(text: &str, first: usize) -> Self {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(starts).collect(), first }
    }

    /// The number of the line in which this byte stands.
    pub(super) fn at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) + self.first - 1
    }
}
