//! What is known of messages beside what they show: who reacted, and when they were pinned.

use std::collections::{BTreeMap, BTreeSet};

/// Messages of which something is kept; more than this, and those that are gone are swept.
const SWEEP: usize = 40_000;

/// What is known of messages beside what they show.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    messages: BTreeMap<u64, Known>,
}

#[derive(Clone, Debug, Default)]
struct Known {
    channel: u64,
    /// Who reacted, by emoji.
    reactors: BTreeMap<String, BTreeSet<u64>>,
    /// When it was pinned, in Unix milliseconds.
    pinned: Option<u64>,
}

impl Beside {
    fn entry(&mut self, (channel, message): (u64, u64)) -> &mut Known {
        let known = self.messages.entry(message).or_default();
        known.channel = channel;
        known
    }

    /// Notes a reaction, or that it was taken back. Whether that changed anything.
    pub(crate) fn react(&mut self, place: (u64, u64), emoji: &str, user: u64, on: bool) -> bool {
        let reactors = &mut self.entry(place).reactors;
        if on {
            return reactors.entry(emoji.to_owned()).or_default().insert(user);
        }
        reactors
            .get_mut(emoji)
            .is_some_and(|users| users.remove(&user))
    }

    /// Forgets the reactions with an emoji, or all.
    pub(crate) fn clear(&mut self, place: (u64, u64), emoji: Option<&str>) {
        let reactors = &mut self.entry(place).reactors;
        match emoji {
            Some(emoji) => drop(reactors.remove(emoji)),
            None => reactors.clear(),
        }
    }

    /// Who reacted with an emoji.
    pub(crate) fn reactors(&self, message: u64, emoji: &str) -> impl Iterator<Item = u64> {
        let known = self.messages.get(&message);
        let users = known.and_then(|known| known.reactors.get(emoji));
        users.into_iter().flatten().copied()
    }

    pub(crate) fn pin(&mut self, place: (u64, u64), at: Option<u64>) {
        self.entry(place).pinned = at;
    }

    /// The pinned messages of a channel with the time of each, the last pinned first.
    pub(crate) fn pins(&self, channel: u64) -> Vec<(u64, u64)> {
        let here = self
            .messages
            .iter()
            .filter(|(_, known)| known.channel == channel);
        let mut pins: Vec<(u64, u64)> = here
            .filter_map(|(message, known)| Some((known.pinned?, *message)))
            .collect();
        pins.sort_unstable_by(|a, b| b.cmp(a));
        pins
    }

    pub(crate) fn forget(&mut self, message: u64) {
        self.messages.remove(&message);
    }

    /// Drops what is known of messages that are no longer kept, once that is much.
    pub(crate) fn sweep(&mut self, is_kept: impl Fn(u64, u64) -> bool) {
        if self.messages.len() > SWEEP {
            self.messages
                .retain(|message, known| is_kept(known.channel, *message));
        }
    }
}
