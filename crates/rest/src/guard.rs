//! Keeps the client from being blocked for what it should have stopped doing.
//!
//! Discord blocks an address after 10,000 refused requests (401, 403 and 429, shared limits aside)
//! in ten minutes. See <https://docs.discord.com/developers/topics/rate-limits>.

use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::time::Instant;

use crate::error::Error;

const SPAN: Duration = Duration::from_secs(600);

pub(crate) struct Guard {
    limit: u32,
    token_refused: AtomicBool,
    refused: Mutex<Refused>,
}

#[derive(Default)]
struct Refused {
    since: Option<Instant>,
    count: u32,
}

impl Guard {
    pub(crate) fn new(limit: u32) -> Self {
        Self {
            limit,
            token_refused: AtomicBool::new(false),
            refused: Mutex::default(),
        }
    }

    /// Whether a request may go out at all.
    pub(crate) fn check(&self, anonymous: bool, now: Instant) -> Result<(), Error> {
        if !anonymous && self.token_refused.load(Ordering::Relaxed) {
            return Err(Error::unauthorized());
        }
        let refused = self.refused();
        match refused.since {
            Some(since) if refused.count >= self.limit && since + SPAN > now => {
                Err(Error::invalid_request_limit(since + SPAN - now))
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn count(&self, now: Instant) {
        let mut refused = self.refused();
        if refused.since.is_none_or(|since| since + SPAN <= now) {
            *refused = Refused {
                since: Some(now),
                count: 0,
            };
        }
        refused.count = refused.count.saturating_add(1);
    }

    /// The token is wrong for good: asking again only counts against us.
    pub(crate) fn refuse_token(&self) {
        self.token_refused.store(true, Ordering::Relaxed);
    }

    /// How many requests were refused in the current ten minutes.
    pub(crate) fn refused_now(&self, now: Instant) -> u32 {
        let refused = self.refused();
        match refused.since {
            Some(since) if since + SPAN > now => refused.count,
            _ => 0,
        }
    }

    fn refused(&self) -> MutexGuard<'_, Refused> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
