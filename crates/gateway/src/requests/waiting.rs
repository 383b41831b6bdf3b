use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use polycord_types::{
    decode::{self, Decode},
    validate::Validate,
};
use tokio::time::{Instant, Sleep, sleep_until};

use super::{
    Place,
    error::RequestError,
    flight::{Lapse, Step},
    question::Question,
};
use crate::{Dispatch, ShardHandle, ShardId};

/// How long is waited for the next part of an answer by default.
pub(super) const IDLE: Duration = Duration::from_secs(10);

/// The longest that may be waited: no wait is without an end.
const LONGEST_IDLE: Duration = Duration::from_secs(24 * 60 * 60);

/// Asks when it is first polled, and then gives one event of the answer after the other.
pub(super) struct Waiting {
    pub(super) expected: Option<u32>,
    pub(super) handle: ShardHandle,
    idle: Duration,
    pub(super) question: Question,
    pub(super) received: u32,
    alarm: Option<Pin<Box<Sleep>>>,
    place: Option<Place>,
    /// When there was something new last.
    progressed: Option<Instant>,
}

impl Waiting {
    pub(super) fn new(handle: ShardHandle, question: Question) -> Self {
        Self {
            expected: None,
            handle,
            idle: IDLE,
            question,
            received: 0,
            alarm: None,
            place: None,
            progressed: None,
        }
    }

    /// Sets how long is waited for the next part.
    pub(super) fn set_idle(&mut self, time: Duration) {
        self.idle = time.min(LONGEST_IDLE);
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Dispatch, RequestError>> {
        let now = Instant::now();
        let progressed = *self.progressed.get_or_insert(now);
        let place = match self.place {
            Some(place) => place,
            None => match self.ask() {
                Ok(place) => *self.place.insert(place),
                Err(error) => return Poll::Ready(Err(error)),
            },
        };
        loop {
            let step = self
                .handle
                .shared
                .requests
                .step(place, cx, progressed, self.idle);
            match step {
                Step::Read(dispatch) => return Poll::Ready(Ok(dispatch)),
                Step::Lapsed(lapse) => return Poll::Ready(Err(self.lapsed(lapse))),
                Step::Send(command) => {
                    if let Err(error) = self.handle.send(command) {
                        self.handle.shared.requests.end(place, error.kind().into());
                    }
                }
                Step::Wait(deadline) => ready!(self.sleep(deadline, cx)),
            }
        }
    }

    /// The next event of the answer, decoded.
    pub(super) fn poll_decoded<T: Decode>(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<T, RequestError>> {
        let event = ready!(self.poll(cx))?;
        Poll::Ready(decode::from_str(event.data()).map_err(RequestError::Unreadable))
    }

    /// Something new has come: the wait for the next begins.
    pub(super) fn progress(&mut self) {
        self.received = self.received.saturating_add(1);
        self.progressed = Some(Instant::now());
    }

    /// Nothing is waited for any more; `complete` if that is because everything has come.
    pub(super) fn finish(&mut self, complete: bool) {
        if let Some(place) = self.place.take() {
            if complete {
                self.handle.shared.requests.complete(place);
            }
            self.handle.shared.requests.leave(place);
        }
        self.alarm = None;
    }

    fn ask(&self) -> Result<Place, RequestError> {
        if let Question::Members(request) = &self.question {
            request.validate().map_err(RequestError::Invalid)?;
        }
        let here = self.handle.id();
        for guild in self.question.guilds() {
            let shard = ShardId::of_guild(guild.get(), here.total);
            if shard != here {
                return Err(RequestError::WrongShard { shard });
            }
        }
        let requests = &self.handle.shared.requests;
        let joined = requests.join(&self.question);
        let (place, command) = joined.map_err(|lapse| self.lapsed(lapse))?;
        if let Some(command) = command
            && let Err(error) = self.handle.send(command)
        {
            let lapse = error.kind().into();
            requests.end(place, lapse);
            requests.leave(place);
            return Err(self.lapsed(lapse));
        }
        Ok(place)
    }

    fn lapsed(&self, lapse: Lapse) -> RequestError {
        RequestError::lapsed(lapse, self.received, self.expected)
    }

    fn sleep(&mut self, deadline: Instant, cx: &mut Context<'_>) -> Poll<()> {
        let alarm = self
            .alarm
            .get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if alarm.deadline() != deadline {
            alarm.as_mut().reset(deadline);
        }
        alarm.as_mut().poll(cx)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.finish(false);
    }
}
