//! What changed, for whoever listens.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll};

use futures_core::Stream;

use super::{Cache, Changes, Inner};
use crate::tasks::broadcast::{Afterwards, Listener, Missed};

impl Cache {
    /// Tells from now on what every event changed, in the order in which they were applied.
    ///
    /// What is told can be read already: whoever hears of a change finds the cache as it is after
    /// it, or newer. Events that change nothing are not told. It does not matter which task applies
    /// the events, and which handle of the cache it has.
    ///
    /// Up to `capacity` events wait for a subscriber, at least one. Applying events never waits for
    /// one: what is too much is lost, the oldest first, and [`Lagged`] says so. With nobody
    /// subscribed this costs nothing; each event that somebody is told of is copied once.
    ///
    /// Subscribing itself waits for the event that is being applied. What is read after it, and
    /// what is heard later, leave no gap.
    ///
    /// # Memory
    ///
    /// An event that waits takes what its changes take, before and after: a few hundred bytes for
    /// most, and some hundred thousand for a large guild that is back after a lost session with
    /// a thousand differences. Choose the capacity by how long a subscriber may be busy: at
    /// a hundred events a second, 256 is more than two seconds.
    ///
    /// # Examples
    ///
    /// A list on a screen shows what the cache has. It needs to know when to look again, not what
    /// happened: then it does not matter how much of that it missed.
    ///
    /// ```
    /// use polycord_cache::{Cache, Change, Changes, Lagged};
    /// use polycord_types::id::GuildId;
    ///
    /// async fn show_channels(cache: Cache, guild: GuildId) {
    ///     let mut subscription = cache.subscribe(64);
    ///     draw(&cache, guild);
    ///     while let Some(heard) = subscription.next().await {
    ///         if matters(heard.as_deref()) {
    ///             draw(&cache, guild);
    ///         }
    ///     }
    /// }
    ///
    /// fn matters(heard: Result<&Changes, &Lagged>) -> bool {
    ///     match heard {
    ///         Ok(changes) => changes.iter().any(|change| matches!(change, Change::Channel(_))),
    ///         // Whatever it was, it is in the cache.
    ///         Err(Lagged { .. }) => true,
    ///     }
    /// }
    ///
    /// fn draw(cache: &Cache, guild: GuildId) {
    ///     for channel in cache.guild_channels(guild) {
    ///         println!("{:?}", channel.name);
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn subscribe(&self, capacity: usize) -> Subscription {
        // Between two events: each is either told or was there before.
        let books = self.inner.books.0.lock();
        let books = books.unwrap_or_else(PoisonError::into_inner);
        let listener = self.inner.speaker.listen(capacity);
        drop(books);
        Subscription { listener }
    }
}

impl Inner {
    /// Tells subscribers what an event changed, before another is applied.
    pub(super) fn announce(&self, changes: &Changes) -> Option<Afterwards<Arc<Changes>>> {
        let news = !changes.is_empty();
        news.then(|| self.speaker.say(|| Arc::new(changes.clone())))
    }
}

/// What changed in a [`Cache`], event by event; made by [`Cache::subscribe`].
///
/// It holds no cache alive. Dropping it frees what waits in it.
pub struct Subscription {
    listener: Listener<Arc<Changes>>,
}

/// A subscriber was too slow, and did not hear of some events.
///
/// The cache took them in all the same: read from it what you show or count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Lagged {
    /// How many events it did not hear of, since it was last told.
    pub missed: u64,
}

impl Subscription {
    /// What the next event changed, as soon as one did. `None` once the last handle of the cache is
    /// dropped and everything that waited was heard.
    ///
    /// # Errors
    ///
    /// When events were lost, once, in the place where they are missing. What comes next is newer
    /// than they were.
    ///
    /// # Cancel safety
    ///
    /// Cancel safe: what is not returned is returned by the next call.
    pub async fn next(&mut self) -> Option<Result<Arc<Changes>, Lagged>> {
        poll_fn(|context| self.poll_next(context)).await
    }

    /// What waits to be heard, if anything does.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next).
    pub fn try_next(&mut self) -> Option<Result<Arc<Changes>, Lagged>> {
        self.listener.try_next().map(heard)
    }

    /// [`next`](Self::next) for those who write their own futures. The last context is woken.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next).
    pub fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Arc<Changes>, Lagged>>> {
        let polled = self.listener.poll_next(context);
        polled.map(|next| next.map(heard))
    }

    /// How many events wait to be heard of.
    #[must_use]
    pub fn len(&self) -> usize {
        self.listener.len()
    }

    /// Whether no event waits to be heard of.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the cache is gone, so that nothing comes but what waits.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.listener.is_over()
    }
}

fn heard(heard: Result<Arc<Changes>, Missed>) -> Result<Arc<Changes>, Lagged> {
    heard.map_err(|Missed(missed)| Lagged { missed })
}

impl Stream for Subscription {
    type Item = Result<Arc<Changes>, Lagged>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Self::poll_next(self.get_mut(), context)
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription")
            .field("waiting", &self.len())
            .field("closed", &self.is_closed())
            .finish()
    }
}

impl fmt::Display for Lagged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} events were missed: read the cache again",
            self.missed
        )
    }
}

impl std::error::Error for Lagged {}
