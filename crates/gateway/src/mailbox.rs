//! Events on their way to the consumer.

use std::collections::VecDeque;

use tokio::sync::mpsc;

use crate::ShardEvent;

/// How many events may wait beyond the consumer's own buffer before those that only inform are
/// dropped, and before no command is taken any more. One frame, timer or command adds a few, and no frame
/// but HELLO is read while any wait.
const MAX_OVERFLOW: usize = 256;

/// The bounded channel to the consumer, and what did not fit into it.
///
/// Policy: wait. While something waits here the driver reads no frames, so that the server, not
/// this process, keeps what follows.
pub(crate) struct Mailbox {
    consumer: mpsc::Sender<ShardEvent>,
    overflow: VecDeque<ShardEvent>,
    pub(crate) dropped: u64,
    pub(crate) pauses: u64,
}

impl Mailbox {
    pub(crate) fn new(consumer: mpsc::Sender<ShardEvent>) -> Self {
        Self {
            consumer,
            overflow: VecDeque::new(),
            dropped: 0,
            pauses: 0,
        }
    }

    pub(crate) fn push(&mut self, event: ShardEvent) {
        if self.overflow.is_empty() {
            match self.consumer.try_send(event) {
                Ok(()) | Err(mpsc::error::TrySendError::Closed(_)) => {}
                Err(mpsc::error::TrySendError::Full(event)) => self.overflow.push_back(event),
            }
        } else if self.overflow.len() >= MAX_OVERFLOW && event.is_informational() {
            self.dropped += 1;
        } else {
            self.overflow.push_back(event);
        }
    }

    /// Hands one waiting event over; `false` if there is no consumer any more.
    ///
    /// # Cancel safety
    /// Safe: the event stays here until there is room for it.
    pub(crate) async fn deliver(&mut self) -> bool {
        match self.consumer.reserve().await {
            Ok(room) => {
                if let Some(event) = self.overflow.pop_front() {
                    room.send(event);
                }
                true
            }
            Err(_) => false,
        }
    }

    /// The two halves, to wait on the one while the other may be changed.
    pub(crate) fn split(&mut self) -> (&mpsc::Sender<ShardEvent>, &mut VecDeque<ShardEvent>) {
        (&self.consumer, &mut self.overflow)
    }

    pub(crate) fn abandon(&mut self) {
        self.overflow.clear();
    }

    /// Whether there is room for the reports of commands that fail.
    pub(crate) fn has_room(&self) -> bool {
        self.overflow.len() < MAX_OVERFLOW
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.overflow.is_empty()
    }
}
