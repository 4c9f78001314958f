//! One at a time writes an upload.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;
use tokio_util::sync::CancellationToken;

/// Who writes which upload on this server.
#[derive(Default)]
pub(crate) struct Uploads(Mutex<HashMap<String, Turn>>);

#[derive(Clone, Default)]
struct Turn {
    stop: CancellationToken,
    writing: Arc<tokio::sync::Mutex<()>>,
}

/// The right to write an upload, until it is dropped.
pub(crate) struct Held {
    /// Somebody else wants to go on with it.
    pub(crate) stop: CancellationToken,
    _writing: OwnedMutexGuard<()>,
}

impl Uploads {
    /// Whoever writes now is asked to stop: their connection may be dead, and nobody knows yet.
    pub(crate) async fn take(&self, upload: &str) -> Held {
        let stop = CancellationToken::new();
        let writing = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let turn = turns.entry(upload.to_owned()).or_default();
            std::mem::replace(&mut turn.stop, stop.clone()).cancel();
            turn.writing.clone()
        };
        Held { stop, _writing: writing.lock_owned().await }
    }

    /// Nobody writes it any more.
    pub(crate) fn forget(&self, upload: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(upload);
    }
}
