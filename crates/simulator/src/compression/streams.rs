//! What the zlib streams of a simulator share.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use flate2::{Compress, Compression};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// States that stay between messages, some 300 KiB each, and as many that wait to be used again.
const PLACES: usize = 16;

/// States of zlib streams: few are in use at a time, however many streams there are.
pub(crate) struct Streams {
    places: Arc<Semaphore>,
    /// At most [`PLACES`]. Used again instead of freed: holes of that size, with what lives long between them, would
    /// never be given back.
    spare: Mutex<Vec<Compress>>,
}

impl Default for Streams {
    fn default() -> Self {
        Self::with_places(PLACES)
    }
}

impl Streams {
    pub(super) fn with_places(places: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places)),
            spare: Mutex::default(),
        }
    }

    /// A state that knows nothing, for a stream without a header.
    pub(super) fn take(&self) -> Compress {
        let spare = self.spare().pop();
        spare.unwrap_or_else(|| Compress::new(Compression::fast(), false))
    }

    /// Takes a state back.
    pub(super) fn give(&self, mut state: Compress) {
        state.reset();
        let mut spare = self.spare();
        if spare.len() < PLACES {
            spare.push(state);
        }
    }

    /// Leave to stay between messages, if there is room.
    pub(super) fn place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).try_acquire_owned().ok()
    }

    fn spare(&self) -> std::sync::MutexGuard<'_, Vec<Compress>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Streams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Streams").finish_non_exhaustive()
    }
}
