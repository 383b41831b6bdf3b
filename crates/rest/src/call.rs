//! A request that waits to be awaited.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use serde::de::DeserializeOwned;

use crate::{
    client::{Inner, Rest},
    error::Error,
    request::Request,
    response::Response,
    transport::BoxFuture,
};

/// A request to a route and the shape of its answer: a future, `Send + 'static`, that does nothing
/// until it is polled.
///
/// # Errors
///
/// Awaiting it fails with an [`Error`] when Discord refuses the request, when it would have to wait
/// too long, when no answer comes, and when the answer has another shape.
///
/// # Cancel safety
///
/// Dropping it while the request waits for its turn sends nothing and gives the turn to the next.
/// Dropping it later leaves open whether Discord has acted on the request.
#[must_use = "nothing is sent until the call is awaited"]
pub struct Call<T> {
    state: State,
    read: fn(Response) -> Result<T, Error>,
}

enum State {
    Ready(Arc<Inner>, Option<Box<Result<Request, Error>>>),
    Sent(BoxFuture<Result<Response, Error>>),
}

impl<T> Call<T> {
    pub(crate) fn new(
        rest: &Rest,
        request: Result<Request, Error>,
        read: fn(Response) -> Result<T, Error>,
    ) -> Self {
        Self {
            state: State::Ready(Arc::clone(&rest.inner), Some(Box::new(request))),
            read,
        }
    }

    /// Shows `reason` in the guild's audit log; see [`Request::reason`].
    pub fn reason(self, reason: &str) -> Self {
        self.with(|request| request.reason(reason))
    }

    /// How long one attempt may take. Default: as built.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.with(|request| request.timeout(timeout))
    }

    /// How long the request may wait for its turn. Default: as built.
    pub fn max_wait(self, max_wait: Duration) -> Self {
        self.with(|request| request.max_wait(max_wait))
    }

    fn with(mut self, change: impl FnOnce(Request) -> Request) -> Self {
        if let State::Ready(_, request) = &mut self.state {
            *request = request.take().map(|request| Box::new(request.map(change)));
        }
        self
    }
}

impl<T: DeserializeOwned> Call<T> {
    /// Reads the answer as JSON.
    pub(crate) fn json(rest: &Rest, request: Result<Request, Error>) -> Self {
        Self::new(rest, request, |response| response.json())
    }
}

impl Call<()> {
    /// Needs nothing of the answer but its success.
    pub(crate) fn done(rest: &Rest, request: Result<Request, Error>) -> Self {
        Self::new(rest, request, |_| Ok(()))
    }
}

impl<T> Future for Call<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        loop {
            match &mut this.state {
                State::Ready(inner, request) => {
                    let inner = Arc::clone(inner);
                    // Empty only after the error below was handed out.
                    let request = request.take().map_or_else(
                        || Err(Error::invalid_request("polled after its end")),
                        |request| *request,
                    );
                    match request {
                        Ok(request) => this.state = State::Sent(Box::pin(inner.execute(request))),
                        Err(error) => return Poll::Ready(Err(error)),
                    }
                }
                State::Sent(answer) => {
                    let response = ready!(answer.as_mut().poll(context))?;
                    return Poll::Ready((this.read)(response));
                }
            }
        }
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
