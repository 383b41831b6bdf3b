//! A handler's panic becomes a value, so that one bad handler never takes the client along.

use std::{
    any::Any,
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
};

/// Runs a future and gives its panic message instead of unwinding.
///
/// Nothing of the future is used after it panicked: it is dropped, hence the assertion of unwind
/// safety. What it shares with others (a `Mutex` of the user's) is poisoned or not as ever.
pub(crate) async fn caught<F: Future + Send>(future: F) -> Result<F::Output, String> {
    let mut guarded = Guarded(Box::pin(future));
    std::future::poll_fn(move |cx| guarded.poll(cx)).await
}

/// Calls a function and gives its panic message instead of unwinding.
pub(crate) fn caught_call<T>(call: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| message(panic.as_ref()))
}

struct Guarded<F>(Pin<Box<F>>);

impl<F: Future> Guarded<F> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<F::Output, String>> {
        match caught_call(|| self.0.as_mut().poll(cx)) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    if let Some(text) = panic.downcast_ref::<&str>() {
        return (*text).to_owned();
    }
    panic
        .downcast_ref::<String>()
        .cloned()
        .unwrap_or_else(|| String::from("a panic without a message"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_output_passes_through_untouched() {
        assert_eq!(caught(async { 7 }).await, Ok(7));
    }

    #[tokio::test]
    async fn a_panic_after_an_await_becomes_its_message() {
        let outcome = caught(async {
            tokio::task::yield_now().await;
            panic!("no {}", "luck");
        })
        .await;
        assert_eq!(outcome, Err::<(), _>(String::from("no luck")));
    }

    #[tokio::test]
    async fn a_panic_with_a_foreign_payload_is_still_caught() {
        let outcome = caught(async { std::panic::panic_any(7_u8) }).await;
        assert_eq!(
            outcome,
            Err::<(), _>(String::from("a panic without a message"))
        );
    }
}
