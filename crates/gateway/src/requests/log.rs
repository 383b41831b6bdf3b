use std::{cmp, collections::VecDeque};

use crate::Dispatch;

/// How many bytes of an answer are kept for those who ask for the same while it comes in.
const KEPT_BYTES: usize = 8 << 20;
/// How many bytes of an answer wait for a listener: some 150,000 members.
const WAITING_BYTES: usize = 64 << 20;
/// What an event costs besides its frame.
const OVERHEAD: usize = 256;

/// The events of one answer, in the order they came. Each listener has a place in it of its own.
#[derive(Debug, Default)]
pub(crate) struct Log {
    bytes: usize,
    events: VecDeque<Dispatch>,
    /// The number of the first event that is still here.
    first: u64,
}

impl Log {
    /// Adds an event; `read` is up to where all listeners have read.
    pub(crate) fn push(&mut self, event: Dispatch, read: u64) {
        self.bytes += cost(&event);
        self.events.push_back(event);
        while self.bytes > KEPT_BYTES && self.first < read {
            self.forget();
        }
        while self.bytes > WAITING_BYTES && self.events.len() > 1 {
            self.forget();
        }
    }

    /// The event with this number, if it has come; `Err` if it is gone already.
    pub(crate) fn get(&self, number: u64) -> Result<Option<&Dispatch>, ()> {
        let index = number.checked_sub(self.first).ok_or(())?;
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        Ok(self.events.get(index))
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.first == 0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.first == 0 && self.events.is_empty()
    }

    #[cfg(test)]
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    fn forget(&mut self) {
        if let Some(event) = self.events.pop_front() {
            self.bytes -= cmp::min(self.bytes, cost(&event));
            self.first += 1;
        }
    }
}

fn cost(event: &Dispatch) -> usize {
    event.frame_len() + OVERHEAD
}
