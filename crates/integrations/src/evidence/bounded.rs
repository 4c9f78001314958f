//! Reading that stops where one thing does not end, before it fills the memory.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// How much may still be read for the thing at hand.
#[derive(Clone, Debug)]
pub(crate) struct Allowance {
    bytes: u64,
    left: Rc<Cell<u64>>,
}

impl Allowance {
    /// So many bytes for each thing.
    pub(crate) fn of(bytes: u64) -> Self {
        Self { bytes, left: Rc::new(Cell::new(bytes)) }
    }

    /// The next thing begins.
    pub(crate) fn renew(&self) {
        self.left.set(self.bytes);
    }

    /// Whether the thing at hand has used up all of it.
    pub(crate) fn is_used_up(&self) -> bool {
        self.left.get() == 0
    }
}

/// A reader that fails once the allowance is used up.
#[derive(Debug)]
pub(crate) struct Bounded<R> {
    inner: R,
    allowance: Allowance,
}

impl<R> Bounded<R> {
    pub(crate) fn new(inner: R, allowance: Allowance) -> Self {
        Self { inner, allowance }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.allowance.is_used_up() {
            return Err(io::Error::other("what is read is too long"));
        }
        let read = self.inner.read(buffer)?;
        let left = self.allowance.left.get();
        self.allowance.left.set(left.saturating_sub(u64::try_from(read).unwrap_or(left)));
        Ok(read)
    }
}
