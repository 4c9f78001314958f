//! Calls into `yrs` that hostile input may bring to panic.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use yrs::{Doc, Transact, TransactionMut, Update};

/// A shared type in a shared type costs `yrs` one stack frame when the outer is deleted.
const STACK_PER_LEVEL: usize = 2 * 1024;
/// Up to this many levels any thread's own stack is enough.
pub(super) const LEVELS_ON_ANY_STACK: usize = 250;

/// Runs something that may panic; `None` if it did.
pub(super) fn guarded<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}

/// Applies an update in its own transaction. Says whether the document is still sound.
pub(super) fn apply(doc: &Doc, update: Update, levels: usize) -> bool {
    if levels <= LEVELS_ON_ANY_STACK {
        return apply_here(doc, update);
    }
    thread::scope(|scope| {
        thread::Builder::new()
            .stack_size((1 << 20) + levels * STACK_PER_LEVEL)
            .spawn_scoped(scope, || apply_here(doc, update))
            .is_ok_and(|thread| thread.join().unwrap_or(false))
    })
}

fn apply_here(doc: &Doc, update: Update) -> bool {
    let Some(Ok(mut txn)) = guarded(|| doc.try_transact_mut()) else {
        return false;
    };
    let applied = guarded(|| txn.apply_update(update).is_ok()) == Some(true);
    if !applied {
        abandon(txn);
        return false;
    }
    commit(txn).is_some()
}

/// Commits, and returns the transaction's update; `None` after a panic.
pub(super) fn commit(mut txn: TransactionMut<'_>) -> Option<Vec<u8>> {
    let update = guarded(|| {
        txn.commit();
        txn.encode_update_v1()
    });
    if update.is_none() {
        abandon(txn);
    }
    update
}

/// Dropping a transaction commits it: after a panic that panics again, and a panic
/// while unwinding ends the process. The document is thrown away by the caller.
pub(super) fn abandon(txn: TransactionMut<'_>) {
    std::mem::forget(txn);
}
