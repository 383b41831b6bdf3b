//! Threads.

use serde_json::Value;

use super::access::is_thread;
use crate::core::{Core, State};

impl Core {
    pub(crate) fn revive_thread(&self, state: &mut State, channel: u64, author: u64) {
        let _ = (state, channel, author);
    }

    /// Counts a message of a thread, or one that is gone.
    pub(crate) fn count_in_thread(&self, state: &mut State, channel: u64, by: i64) {
        let Some(object) = state.world.channel_mut(channel) else {
            return;
        };
        if !is_thread(object) {
            return;
        }
        let mut add = |field: &str, by: i64| {
            let count = object[field].as_i64().unwrap_or(0) + by;
            object[field] = Value::from(count.max(0));
        };
        add("message_count", by);
        add("total_message_sent", by.max(0));
    }
}
