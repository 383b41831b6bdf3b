use std::{
    collections::{BTreeMap, HashSet},
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_core::Stream;
use polycord_types::{
    gateway::{
        payload::{GuildMembersChunk, RequestedId},
        send::RequestGuildMembers,
    },
    member::Member,
    presence::Presence,
};

use super::{error::RequestError, question::Question, waiting::Waiting};
use crate::{BoxFuture, ShardHandle};

/// A request for members of a guild, made by
/// [`ShardHandle::request_members`]: a stream of chunks, or, awaited, all of them together.
///
/// Nothing is sent before it is polled. Chunks may come in any order; each comes once.
#[must_use = "nothing is asked for before it is polled"]
pub struct MemberRequest {
    waiting: Waiting,
    seen: HashSet<u32>,
    ended: bool,
}

/// The members that a request brought.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Members {
    /// The members, in the order of the chunks.
    pub members: Vec<Member>,
    /// Their presences, if asked for. Who is offline has none.
    pub presences: Vec<Presence>,
    /// Who was asked for and is no member, as the server repeats it.
    pub not_found: Vec<RequestedId>,
}

impl MemberRequest {
    pub(super) fn new(handle: ShardHandle, mut request: RequestGuildMembers) -> Self {
        request.nonce = None;
        Self {
            waiting: Waiting::new(handle, Question::Members(request)),
            seen: HashSet::new(),
            ended: false,
        }
    }

    /// How long to wait for the next chunk. Default 10 s, at most a day. It counts from when the request was sent, and not
    /// while the session is away.
    pub fn idle_timeout(mut self, time: Duration) -> Self {
        self.waiting.set_idle(time);
        self
    }

    /// The next chunk; `None` after the last, and after an error.
    ///
    /// # Errors
    /// As [`ShardHandle::request_members`].
    ///
    /// # Cancel safety
    /// Safe: a chunk that was not returned stays.
    pub async fn next(&mut self) -> Option<Result<GuildMembersChunk, RequestError>> {
        poll_fn(|cx| self.poll_chunk(cx)).await
    }

    fn poll_chunk(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<GuildMembersChunk, RequestError>>> {
        while !self.ended {
            let chunk = match ready!(self.waiting.poll_decoded::<GuildMembersChunk>(cx)) {
                Ok(chunk) => chunk,
                Err(error) => {
                    self.end(false);
                    return Poll::Ready(Some(Err(error)));
                }
            };
            let beyond = chunk.chunk_index >= chunk.chunk_count.max(1);
            if beyond || !self.seen.insert(chunk.chunk_index) {
                continue;
            }
            self.waiting.progress();
            self.waiting.expected = Some(chunk.chunk_count);
            if self.waiting.received >= chunk.chunk_count {
                self.end(true);
            }
            return Poll::Ready(Some(Ok(chunk)));
        }
        Poll::Ready(None)
    }

    fn end(&mut self, complete: bool) {
        self.ended = true;
        self.waiting.finish(complete);
    }

    async fn collect(mut self) -> Result<Members, RequestError> {
        let mut chunks = BTreeMap::new();
        while let Some(chunk) = self.next().await {
            let chunk = chunk?;
            chunks.insert(chunk.chunk_index, chunk);
        }
        let mut all = Members::default();
        for chunk in chunks.into_values() {
            all.members.extend(chunk.members);
            all.presences.extend(chunk.presences.into_iter().flatten());
            all.not_found.extend(chunk.not_found.into_iter().flatten());
        }
        Ok(all)
    }
}

impl Stream for MemberRequest {
    type Item = Result<GuildMembersChunk, RequestError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx)
    }
}

impl IntoFuture for MemberRequest {
    type Output = Result<Members, RequestError>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.collect())
    }
}

impl fmt::Debug for MemberRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemberRequest")
            .field("question", &self.waiting.question)
            .field("received", &self.waiting.received)
            .field("expected", &self.waiting.expected)
            .finish_non_exhaustive()
    }
}
