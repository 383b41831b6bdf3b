use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use polycord_types::gateway::{payload::ChannelInfo, send::RequestChannelInfo};

use super::{error::RequestError, question::Question, waiting::Waiting};
use crate::ShardHandle;

/// A request for what the channels of a guild show for a short time, made by
/// [`ShardHandle::request_channel_info`].
///
/// Nothing is sent before it is polled.
#[must_use = "nothing is asked for before it is polled"]
pub struct ChannelInfoRequest {
    waiting: Waiting,
}

impl ChannelInfoRequest {
    pub(super) fn new(handle: ShardHandle, request: RequestChannelInfo) -> Self {
        let mut waiting = Waiting::new(handle, Question::ChannelInfo(request));
        waiting.expected = Some(1);
        Self { waiting }
    }

    /// How long to wait for the answer. Default 10 s, at most a day. It counts from when the request was sent, and not while
    /// the session is away.
    pub fn idle_timeout(mut self, time: Duration) -> Self {
        self.waiting.set_idle(time);
        self
    }
}

impl Future for ChannelInfoRequest {
    type Output = Result<ChannelInfo, RequestError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(self.waiting.poll_decoded(cx));
        self.waiting.finish(answer.is_ok());
        Poll::Ready(answer)
    }
}

impl fmt::Debug for ChannelInfoRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChannelInfoRequest")
            .field("question", &self.waiting.question)
            .finish_non_exhaustive()
    }
}
