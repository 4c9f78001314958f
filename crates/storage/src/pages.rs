//! Lists by cursor: a page begins after the last item of the page before.

/// Which part of a list is wanted.
#[derive(Clone, Debug)]
pub struct PageRequest {
    /// How many items at most.
    pub limit: u32,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// Part of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The items in order.
    pub items: Vec<T>,
    /// Asks for what follows; `None` at the end.
    pub next: Option<String>,
}

impl PageRequest {
    /// One more than wanted, to learn whether anything follows.
    pub(crate) fn fetch(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    /// The cursor `NUMBER~ID`, or the given beginning of the list where there is none or where
    /// somebody made one up.
    pub(crate) fn position(&self, beginning: (i64, &str)) -> (i64, String) {
        let read = |cursor: &str| {
            let (number, id) = cursor.split_once('~')?;
            Some((number.parse().ok()?, id.to_owned()))
        };
        let given = self.cursor.as_deref().and_then(read);
        given.unwrap_or_else(|| (beginning.0, beginning.1.to_owned()))
    }
}

impl<T> Page<T> {
    /// Cuts what [`PageRequest::fetch`] brought to a page.
    pub(crate) fn cut(
        mut items: Vec<T>,
        request: &PageRequest,
        cursor: impl Fn(&T) -> (i64, String),
    ) -> Self {
        let wanted = request.limit as usize;
        let more = items.len() > wanted;
        items.truncate(wanted);
        let next = items.last().filter(|_| more).map(|last| {
            let (number, id) = cursor(last);
            format!("{number}~{id}")
        });
        Self { items, next }
    }

    /// The same page with each item turned into something else.
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(turn).collect(), next: self.next }
    }
}
