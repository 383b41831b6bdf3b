//! The limit over all routes: so many requests in any second.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::Semaphore,
    time::{Instant, sleep_until, timeout_at},
};

use crate::{bucket::Held, headers::Scope};

const SPAN: Duration = Duration::from_secs(1);

pub(crate) struct Global {
    line: Semaphore,
    state: Mutex<State>,
}

struct State {
    limit: usize,
    /// When the last `limit` requests went; the front is the oldest.
    sent: VecDeque<Instant>,
    blocked: Option<(Instant, Scope)>,
}

impl Global {
    pub(crate) fn new(limit: u32) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX).max(1);
        let state = State {
            limit,
            sent: VecDeque::with_capacity(limit),
            blocked: None,
        };
        Self {
            line: Semaphore::new(1),
            state: Mutex::new(state),
        }
    }

    /// Waits for a place in the second, at most until `deadline`.
    ///
    /// Cancel safe: who goes away leaves the line.
    pub(crate) async fn enter(&self, deadline: Instant) -> Result<(), Held> {
        if self.blocked(deadline).is_some() {
            return Err(self.held());
        }
        let Ok(turn) = timeout_at(deadline, self.line.acquire()).await else {
            return Err(self.held());
        };
        // The semaphore is never closed; were it, all could pass.
        let _turn = turn.ok();
        loop {
            let next = self.state().pass(Instant::now());
            match next {
                None => return Ok(()),
                Some((at, scope)) if at > deadline => {
                    let retry_after = at.saturating_duration_since(Instant::now());
                    return Err(Held { retry_after, scope });
                }
                Some((at, _)) => sleep_until(at).await,
            }
        }
    }

    pub(crate) fn block(&self, until: Instant, scope: Scope) {
        let mut state = self.state();
        if state.blocked.is_none_or(|(earlier, _)| earlier < until) {
            state.blocked = Some((until, scope));
        }
    }

    /// Until when nothing may pass, and why, when that is so.
    pub(crate) fn blocked(&self, now: Instant) -> Option<(Instant, Scope)> {
        self.state().blocked.filter(|(until, _)| *until > now)
    }

    fn held(&self) -> Held {
        let now = Instant::now();
        let (until, scope) = self.blocked(now).unwrap_or((now + SPAN, Scope::Global));
        Held {
            retry_after: until.saturating_duration_since(now),
            scope,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Takes a place now, or says when to ask again.
    fn pass(&mut self, now: Instant) -> Option<(Instant, Scope)> {
        if let Some(blocked) = self.blocked.filter(|(until, _)| *until > now) {
            return Some(blocked);
        }
        self.blocked = None;
        if self.sent.len() >= self.limit {
            match self.sent.front() {
                Some(&oldest) if oldest + SPAN > now => {
                    return Some((oldest + SPAN, Scope::Global));
                }
                _ => self.sent.pop_front(),
            };
        }
        self.sent.push_back(now);
        None
    }
}
