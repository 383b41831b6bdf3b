use std::{
    collections::HashSet,
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_core::Stream;
use polycord_types::{
    gateway::{payload::SoundboardSounds, send::RequestSoundboardSounds},
    id::GuildId,
};

use super::{error::RequestError, question::Question, waiting::Waiting};
use crate::{BoxFuture, ShardHandle};

/// A request for the soundboard sounds of guilds, made by
/// [`ShardHandle::request_soundboard_sounds`]: a stream with one item for each guild, or, awaited, all
/// of them together.
///
/// Nothing is sent before it is polled. Guilds may come in any order.
#[must_use = "nothing is asked for before it is polled"]
pub struct SoundboardRequest {
    waiting: Waiting,
    missing: HashSet<GuildId>,
}

impl SoundboardRequest {
    pub(super) fn new(handle: ShardHandle, guilds: impl IntoIterator<Item = GuildId>) -> Self {
        let mut missing = HashSet::new();
        let mut guilds: Vec<_> = guilds.into_iter().collect();
        guilds.retain(|guild| missing.insert(*guild));
        let request = RequestSoundboardSounds::new(guilds);
        let mut waiting = Waiting::new(handle, Question::Sounds(request));
        waiting.expected = u32::try_from(missing.len()).ok();
        Self { waiting, missing }
    }

    /// How long to wait for the next guild. Default 10 s, at most a day. It counts from when the request was sent, and not
    /// while the session is away.
    pub fn idle_timeout(mut self, time: Duration) -> Self {
        self.waiting.set_idle(time);
        self
    }

    /// The sounds of the next guild; `None` after the last, and after an error.
    ///
    /// # Errors
    /// As [`ShardHandle::request_soundboard_sounds`].
    ///
    /// # Cancel safety
    /// Safe: what was not returned stays.
    pub async fn next(&mut self) -> Option<Result<SoundboardSounds, RequestError>> {
        poll_fn(|cx| self.poll_sounds(cx)).await
    }

    fn poll_sounds(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<SoundboardSounds, RequestError>>> {
        while !self.missing.is_empty() {
            let sounds = match ready!(self.waiting.poll_decoded::<SoundboardSounds>(cx)) {
                Ok(sounds) => sounds,
                Err(error) => {
                    self.missing.clear();
                    self.waiting.finish(false);
                    return Poll::Ready(Some(Err(error)));
                }
            };
            if !self.missing.remove(&sounds.guild_id) {
                continue;
            }
            self.waiting.progress();
            if self.missing.is_empty() {
                self.waiting.finish(true);
            }
            return Poll::Ready(Some(Ok(sounds)));
        }
        Poll::Ready(None)
    }

    async fn collect(mut self) -> Result<Vec<SoundboardSounds>, RequestError> {
        let mut all = Vec::with_capacity(self.missing.len());
        while let Some(sounds) = self.next().await {
            all.push(sounds?);
        }
        Ok(all)
    }
}

impl Stream for SoundboardRequest {
    type Item = Result<SoundboardSounds, RequestError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_sounds(cx)
    }
}

impl IntoFuture for SoundboardRequest {
    type Output = Result<Vec<SoundboardSounds>, RequestError>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.collect())
    }
}

impl fmt::Debug for SoundboardRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SoundboardRequest")
            .field("missing", &self.missing)
            .finish_non_exhaustive()
    }
}
