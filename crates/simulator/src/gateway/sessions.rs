//! All sessions, found by their id, and by the shard that they are of.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::session::Session;
use crate::world::objects::shard_of;

/// Every session there is.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    by_id: HashMap<Arc<str>, Session>,
    /// Ids by the number of shards and the shard, in the order in which they were made.
    by_shard: BTreeMap<u32, HashMap<u32, Vec<Arc<str>>>>,
    /// Since when the one that has waited longest is without a connection; too early when that one is
    /// carried again.
    waiting_since: Option<Instant>,
}

impl Sessions {
    pub(crate) fn insert(&mut self, session: Session) {
        let (number, total) = session.shard;
        let id = Arc::clone(&session.id);
        let shards = self.by_shard.entry(total).or_default();
        shards.entry(number).or_default().push(Arc::clone(&id));
        self.by_id.insert(id, session);
    }

    pub(crate) fn remove(&mut self, id: &str) -> Option<Session> {
        let session = self.by_id.remove(id)?;
        let (number, total) = session.shard;
        if let Some(shards) = self.by_shard.get_mut(&total) {
            if let Some(ids) = shards.get_mut(&number) {
                ids.retain(|other| **other != *id);
                if ids.is_empty() {
                    shards.remove(&number);
                }
            }
            if shards.is_empty() {
                self.by_shard.remove(&total);
            }
        }
        Some(session)
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Session> {
        self.by_id.get_mut(id)
    }

    /// No connection carries it from here on.
    pub(crate) fn detach(&mut self, id: &str) {
        if let Some(session) = self.by_id.get_mut(id) {
            let now = Instant::now();
            session.connection = None;
            session.detached = Some(now);
            self.waiting_since.get_or_insert(now);
        }
    }

    /// Ends those that have been without a connection for longer.
    pub(crate) fn forget_older_than(&mut self, window: Duration) {
        if self
            .waiting_since
            .is_none_or(|since| since.elapsed() <= window)
        {
            return;
        }
        let late = |session: &&Session| session.detached.is_some_and(|at| at.elapsed() > window);
        let late = self.by_id.values().filter(late);
        let late: Vec<Arc<str>> = late.map(|session| Arc::clone(&session.id)).collect();
        for id in late {
            self.remove(&id);
        }
        self.waiting_since = self.values().filter_map(|session| session.detached).min();
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Session> {
        self.by_id.get(id)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &Session> {
        self.by_id.values()
    }

    /// Those that what happens in a guild may concern, or what happens in none; in the same order in
    /// every run.
    pub(crate) fn concerned(&self, guild: Option<u64>) -> impl Iterator<Item = &Session> {
        let ids = self.by_shard.iter().filter_map(move |(total, shards)| {
            shards.get(&guild.map_or(0, |guild| shard_of(guild, *total)))
        });
        ids.flatten().filter_map(|id| self.by_id.get(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(id: &str, shard: (u32, u32)) -> Session {
        Session::new(id.into(), shard, 0, 50, 1, 1 << 20, 1)
    }

    fn concerned(sessions: &Sessions, guild: Option<u64>) -> Vec<String> {
        let found = sessions.concerned(guild);
        found.map(|session| session.id.to_string()).collect()
    }

    #[test]
    fn a_guild_concerns_one_shard_of_each_count_and_what_is_in_none_the_first() {
        let mut sessions = Sessions::default();
        for (id, shard) in [("a", (0, 1)), ("b", (1, 2)), ("c", (0, 2)), ("d", (1, 2))] {
            sessions.insert(session(id, shard));
        }
        assert_eq!(concerned(&sessions, Some(3 << 22)), ["a", "b", "d"]);
        assert_eq!(concerned(&sessions, Some(2 << 22)), ["a", "c"]);
        assert_eq!(concerned(&sessions, None), ["a", "c"]);
        assert!(sessions.remove("b").is_some());
        assert!(sessions.remove("b").is_none());
        assert_eq!(concerned(&sessions, Some(3 << 22)), ["a", "d"]);
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_longer_than_the_window_is_forgotten_and_nobody_else() {
        let mut sessions = Sessions::default();
        let window = Duration::from_secs(10);
        for id in ["first", "second", "carried"] {
            sessions.insert(session(id, (0, 1)));
        }
        sessions.detach("first");
        tokio::time::advance(Duration::from_secs(6)).await;
        sessions.detach("second");
        tokio::time::advance(Duration::from_secs(5)).await;
        sessions.forget_older_than(window);
        assert_eq!(concerned(&sessions, None), ["second", "carried"]);
        tokio::time::advance(Duration::from_secs(6)).await;
        sessions.forget_older_than(window);
        assert_eq!(concerned(&sessions, None), ["carried"]);
    }
}
