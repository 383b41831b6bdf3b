//! The messages that are kept.

use std::collections::{BTreeMap, VecDeque};

use serde_json::Value;

use super::objects;

/// How many messages of a channel are kept; the oldest goes first.
const PER_CHANNEL: usize = 1_000;
/// How many messages are kept in all channels together, so that a day of traffic does not fill the
/// memory; the oldest goes first.
const IN_ALL: usize = 20_000;

/// The last messages of every channel, oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Messages {
    channels: BTreeMap<u64, VecDeque<(u64, Value)>>,
    /// Channel and id of what was kept, in that order; deleted ones stay until their turn.
    order: VecDeque<(u64, u64)>,
}

impl Messages {
    /// Keeps a message, which is newer than those of its channel so far.
    pub(crate) fn keep(&mut self, channel: u64, message: Value) {
        let id = objects::id(&message);
        let kept = self.channels.entry(channel).or_default();
        if kept.len() == PER_CHANNEL {
            kept.pop_front();
        }
        let at = kept.partition_point(|(known, _)| *known < id);
        kept.insert(at, (id, message));
        self.order.push_back((channel, id));
        if self.order.len() > IN_ALL {
            self.drop_oldest();
        }
    }

    /// Removes a message and gives it back.
    pub(crate) fn remove(&mut self, channel: u64, id: u64) -> Option<Value> {
        let kept = self.channels.get_mut(&channel)?;
        let at = kept.binary_search_by_key(&id, |(known, _)| *known).ok()?;
        kept.remove(at).map(|(_, message)| message)
    }

    /// Forgets a channel.
    pub(crate) fn remove_channel(&mut self, channel: u64) {
        self.channels.remove(&channel);
    }

    pub(crate) fn get(&self, channel: u64, id: u64) -> Option<&Value> {
        let kept = self.channels.get(&channel)?;
        let at = kept.binary_search_by_key(&id, |(known, _)| *known).ok()?;
        kept.get(at).map(|(_, message)| message)
    }

    pub(crate) fn get_mut(&mut self, channel: u64, id: u64) -> Option<&mut Value> {
        let kept = self.channels.get_mut(&channel)?;
        let at = kept.binary_search_by_key(&id, |(known, _)| *known).ok()?;
        kept.get_mut(at).map(|(_, message)| message)
    }

    /// The messages of a channel, oldest first, from either end.
    pub(crate) fn of(&self, channel: u64) -> impl DoubleEndedIterator<Item = &Value> {
        let kept = self.channels.get(&channel).into_iter().flatten();
        kept.map(|(_, message)| message)
    }

    fn drop_oldest(&mut self) {
        let Some((channel, id)) = self.order.pop_front() else {
            return;
        };
        let Some(kept) = self.channels.get_mut(&channel) else {
            return;
        };
        if kept.front().is_some_and(|(oldest, _)| *oldest <= id) {
            kept.pop_front();
        }
        if kept.is_empty() {
            self.channels.remove(&channel);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message(id: u64) -> Value {
        json!({ "id": id.to_string() })
    }

    #[test]
    fn messages_are_found_by_id_and_listed_in_order() {
        let mut messages = Messages::default();
        for id in [3, 5, 9] {
            messages.keep(1, message(id));
        }
        assert_eq!(messages.get(1, 5), Some(&message(5)));
        assert_eq!(messages.get(1, 4), None);
        assert_eq!(messages.get(2, 5), None);
        assert_eq!(messages.remove(1, 5), Some(message(5)));
        assert!(messages.of(1).eq(&[message(3), message(9)]));
    }

    #[test]
    fn a_channel_keeps_its_newest_thousand() {
        let mut messages = Messages::default();
        for id in 1..=1_500 {
            messages.keep(1, message(id));
        }
        assert_eq!(messages.of(1).count(), PER_CHANNEL);
        assert_eq!(messages.get(1, 500), None);
        assert_eq!(messages.get(1, 501), Some(&message(501)));
    }

    #[test]
    fn many_channels_together_keep_no_more_than_the_bound() {
        let mut messages = Messages::default();
        for id in 1..=30_000 {
            messages.keep(id % 100, message(id));
            if id % 7 == 0 {
                assert!(messages.remove(id % 100, id).is_some());
            }
        }
        let kept: usize = (0..100).map(|channel| messages.of(channel).count()).sum();
        assert!(kept <= IN_ALL && kept > IN_ALL / 2, "{kept}");
        assert!(messages.order.len() <= IN_ALL);
        assert_eq!(messages.get(0, 100), None);
        assert!(messages.get(0, 29_900).is_some());
    }
}
