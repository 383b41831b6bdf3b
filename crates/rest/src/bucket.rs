//! One rate limit: who may pass now, and who waits for what.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Notify, Semaphore},
    time::{Instant, timeout_at},
};

use crate::headers::{Scope, Told};

/// Two answers whose server-side resets differ by less than this speak of the same window.
const SAME_WINDOW: f64 = 0.1;

/// The limit of one route and major parameter, or of several routes that Discord counts together.
///
/// Requests pass in the order in which they came: only the first in line looks at the state.
pub(crate) struct Bucket {
    line: Semaphore,
    changed: Notify,
    state: Mutex<State>,
}

/// A place among the requests under way; dropping it gives the place back.
pub(crate) struct Place {
    bucket: Arc<Bucket>,
    answered: bool,
}

/// Why a request did not get its place in time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Held {
    pub(crate) retry_after: Duration,
    pub(crate) scope: Scope,
}

impl Bucket {
    pub(crate) fn new() -> Self {
        Self {
            line: Semaphore::new(1),
            changed: Notify::new(),
            state: Mutex::new(State::default()),
        }
    }

    /// Waits for a place, at most until `deadline`; `None` when the bucket turned out to be the same
    /// as another one, which the caller is to look up.
    ///
    /// Cancel safe: who goes away leaves the line.
    pub(crate) async fn enter(self: &Arc<Self>, deadline: Instant) -> Result<Option<Place>, Held> {
        if let Some(held) = self.state().hopeless(Instant::now(), deadline) {
            return Err(held);
        }
        let Ok(turn) = timeout_at(deadline, self.line.acquire()).await else {
            return Err(self.state().held(Instant::now()));
        };
        // The semaphore is never closed; were it, all could pass.
        let _turn = turn.ok();
        loop {
            let now = Instant::now();
            let admission = self.state().admit(now);
            let until = match admission {
                Admission::Pass => {
                    let bucket = Arc::clone(self);
                    return Ok(Some(Place {
                        bucket,
                        answered: false,
                    }));
                }
                Admission::Retired => return Ok(None),
                Admission::At(reset) if reset > deadline => {
                    return Err(self.state().held(now));
                }
                Admission::At(reset) => reset,
                Admission::AfterAnswer if now >= deadline => {
                    return Err(self.state().held(now));
                }
                Admission::AfterAnswer => deadline,
            };
            // Either the time has come or an answer changed what we know: look again.
            let _ = timeout_at(until, self.changed.notified()).await;
        }
    }

    pub(crate) fn observe(&self, told: &Told) {
        self.state().observe(Instant::now(), told);
        self.changed.notify_one();
    }

    /// An answer without rate-limit headers: nothing to keep.
    pub(crate) fn observe_none(&self) {
        let mut state = self.state();
        if matches!(state.known, Known::Nothing) {
            state.known = Known::Unlimited;
        }
        drop(state);
        self.changed.notify_one();
    }

    pub(crate) fn block(&self, until: Instant, scope: Scope) {
        self.state().block(until, scope);
        self.changed.notify_one();
    }

    /// Sends all in line to another bucket.
    pub(crate) fn retire(&self) {
        self.state().retired = true;
        self.changed.notify_one();
    }

    /// Whether forgetting the bucket changes nothing.
    pub(crate) fn is_idle(&self, now: Instant) -> bool {
        let state = self.state();
        state.under_way == 0
            && state.blocked.is_none_or(|(until, _)| until <= now)
            && match &state.known {
                Known::Window(window) => window.resets <= now,
                Known::Nothing | Known::Unlimited => true,
            }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// An answer came, so the headers have told what the request cost.
    pub(crate) fn answered(mut self) {
        self.answered = true;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.bucket.state();
        state.under_way = state.under_way.saturating_sub(1);
        if !self.answered {
            // The server may have counted it before the connection or the caller went away.
            if let Known::Window(window) = &mut state.known {
                window.remaining = window.remaining.saturating_sub(1);
            }
        }
        drop(state);
        self.bucket.changed.notify_one();
    }
}

#[derive(Default)]
struct State {
    known: Known,
    under_way: u32,
    blocked: Option<(Instant, Scope)>,
    retired: bool,
}

#[derive(Default)]
enum Known {
    /// No answer yet: one request goes ahead and finds out.
    #[default]
    Nothing,
    Unlimited,
    Window(Window),
}

struct Window {
    limit: u32,
    remaining: u32,
    resets: Instant,
    reset: Option<f64>,
}

#[derive(Debug, PartialEq)]
enum Admission {
    Pass,
    At(Instant),
    AfterAnswer,
    Retired,
}

impl State {
    fn admit(&mut self, now: Instant) -> Admission {
        if self.retired {
            return Admission::Retired;
        }
        if let Some((until, _)) = self.blocked {
            if until > now {
                return Admission::At(until);
            }
            self.blocked = None;
        }
        let free = match &mut self.known {
            Known::Unlimited => true,
            Known::Nothing => self.under_way == 0,
            Known::Window(window) => {
                if window.resets <= now {
                    window.remaining = window.limit;
                } else if window.remaining == 0 {
                    return Admission::At(window.resets);
                }
                // Those under way may not be counted in `remaining` yet.
                self.under_way < window.remaining.max(1)
            }
        };
        if !free {
            return Admission::AfterAnswer;
        }
        self.under_way += 1;
        Admission::Pass
    }

    fn observe(&mut self, now: Instant, told: &Told) {
        let resets = now + told.reset_after;
        let fresh = Window {
            limit: told.limit,
            remaining: told.remaining,
            resets,
            reset: told.reset,
        };
        let Known::Window(window) = &mut self.known else {
            self.known = Known::Window(fresh);
            return;
        };
        let same = match (window.reset, told.reset) {
            // Answers overtake each other: one of an older window says nothing about this one.
            (Some(ours), Some(theirs)) if theirs < ours - SAME_WINDOW => return,
            (Some(ours), Some(theirs)) => theirs <= ours + SAME_WINDOW,
            _ => window.resets > now,
        };
        if same {
            window.remaining = window.remaining.min(told.remaining);
            window.resets = window.resets.max(resets);
            window.limit = told.limit;
        } else {
            *window = fresh;
        }
    }

    fn block(&mut self, until: Instant, scope: Scope) {
        if self.blocked.is_none_or(|(earlier, _)| earlier < until) {
            self.blocked = Some((until, scope));
        }
    }

    /// Whoever has until `deadline` only need not stand in line.
    fn hopeless(&self, now: Instant, deadline: Instant) -> Option<Held> {
        let blocked = self.blocked.is_some_and(|(until, _)| until > deadline);
        let used_up = match &self.known {
            Known::Window(window) => window.remaining == 0 && window.resets > deadline,
            Known::Nothing | Known::Unlimited => false,
        };
        (!self.retired && (blocked || used_up)).then(|| self.held(now))
    }

    fn held(&self, now: Instant) -> Held {
        let (until, scope) = match (&self.known, self.blocked) {
            (_, Some((until, scope))) if until > now => (until, scope),
            (Known::Window(window), _) => (window.resets, Scope::User),
            _ => (now, Scope::User),
        };
        Held {
            retry_after: until.saturating_duration_since(now),
            scope,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(limit: u32, remaining: u32, reset_after: f64, reset: f64) -> Told {
        Told {
            bucket: None,
            limit,
            remaining,
            reset_after: Duration::from_secs_f64(reset_after),
            reset: Some(reset),
        }
    }

    #[test]
    fn the_first_request_finds_out_and_the_others_wait_for_its_answer() {
        let (mut state, now) = (State::default(), Instant::now());
        assert_eq!(state.admit(now), Admission::Pass);
        assert_eq!(state.admit(now), Admission::AfterAnswer);
        state.under_way = 0;
        state.observe(now, &told(5, 4, 2.0, 100.0));
        for _ in 0..4 {
            assert_eq!(state.admit(now), Admission::Pass);
        }
        assert_eq!(state.admit(now), Admission::AfterAnswer);
    }

    #[test]
    fn nothing_remaining_waits_for_the_reset() {
        let (mut state, now) = (State::default(), Instant::now());
        state.observe(now, &told(5, 0, 2.0, 100.0));
        let reset = now + Duration::from_secs(2);
        assert_eq!(state.admit(now), Admission::At(reset));
        assert_eq!(state.admit(reset), Admission::Pass);
    }

    #[test]
    fn an_answer_that_was_overtaken_gives_nothing_back() {
        let (mut state, now) = (State::default(), Instant::now());
        state.observe(now, &told(5, 0, 2.0, 100.0));
        state.observe(now, &told(5, 3, 2.0, 100.0));
        assert!(
            matches!(state.admit(now), Admission::At(_)),
            "same window, answers out of order"
        );
        state.observe(now, &told(5, 4, 0.0, 95.0));
        assert!(
            matches!(state.admit(now), Admission::At(_)),
            "an older window"
        );
        state.observe(now, &told(5, 4, 5.0, 105.0));
        assert_eq!(state.admit(now), Admission::Pass, "a newer window");
    }
}
