//! All limits of a client: which bucket a request belongs to, and its way through.

use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::time::Instant;

use crate::{
    bucket::{Bucket, Held, Place},
    global::Global,
    headers::{Refusal, Scope, Told},
    route::Route,
};

/// Below so many buckets none is looked at to be forgotten.
const SWEEP_FLOOR: usize = 1024;

pub(crate) struct Limiter {
    buckets: Mutex<Buckets>,
    global: Global,
}

/// The right to send one request now. Dropped without an answer, the place is free again.
pub(crate) struct Permit {
    place: Place,
    route: Route,
    major: Box<str>,
}

impl Limiter {
    pub(crate) fn new(global: u32) -> Self {
        let buckets = Buckets {
            learned: HashMap::new(),
            by_key: HashMap::new(),
            sweep_at: SWEEP_FLOOR,
        };
        Self {
            buckets: Mutex::new(buckets),
            global: Global::new(global),
        }
    }

    /// Waits until the request may be sent, at most until `deadline`.
    ///
    /// Cancel safe.
    pub(crate) async fn enter(
        &self,
        route: &Route,
        major: &str,
        anonymous: bool,
        deadline: Instant,
    ) -> Result<Permit, Held> {
        let place = loop {
            let bucket = self.buckets().find(route, major);
            if let Some(place) = bucket.enter(deadline).await? {
                break place;
            }
        };
        if anonymous {
            // Not the bot's, but a blocked address is blocked for all.
            let now = Instant::now();
            if let Some((until, scope @ Scope::Address)) = self.global.blocked(now) {
                if until > deadline {
                    return Err(Held {
                        retry_after: until - now,
                        scope,
                    });
                }
                tokio::time::sleep_until(until).await;
            }
        } else {
            self.global.enter(deadline).await?;
        }
        Ok(Permit {
            place,
            route: route.clone(),
            major: major.into(),
        })
    }

    /// Learns from the headers of an answer, and frees the request's place.
    pub(crate) fn answered(&self, permit: Permit, told: Option<&Told>, refusal: Option<Refusal>) {
        let Permit {
            place,
            route,
            major,
        } = permit;
        let bucket = if let Some(told) = told {
            let bucket = self.buckets().learn(&route, &major, told.bucket.as_deref());
            bucket.observe(told);
            bucket
        } else {
            let bucket = self.buckets().find(&route, &major);
            if refusal.is_none() {
                bucket.observe_none();
            }
            bucket
        };
        if let Some(Refusal { retry_after, scope }) = refusal {
            // Those who wait should not all come back in the same instant.
            let jitter = retry_after
                .mul_f64(0.05)
                .min(MAX_JITTER)
                .mul_f64(fastrand::f64());
            let until = Instant::now() + retry_after + jitter;
            match scope {
                Scope::Global | Scope::Address => self.global.block(until, scope),
                Scope::User | Scope::Shared => bucket.block(until, scope),
            }
        }
        place.answered();
    }

    fn buckets(&self) -> MutexGuard<'_, Buckets> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const MAX_JITTER: std::time::Duration = std::time::Duration::from_millis(250);

struct Buckets {
    /// Discord's names of the buckets, as routes answered with them. As many as there are templates.
    learned: HashMap<Route, Arc<str>>,
    by_key: HashMap<Key, Arc<Bucket>>,
    sweep_at: usize,
}

/// A bucket and the major parameter: Discord counts each channel, guild and webhook by itself.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Route(Route, Box<str>),
    Learned(Arc<str>, Box<str>),
}

impl Buckets {
    fn find(&mut self, route: &Route, major: &str) -> Arc<Bucket> {
        let key = match self.learned.get(route) {
            Some(name) => Key::Learned(Arc::clone(name), major.into()),
            None => Key::Route(route.clone(), major.into()),
        };
        self.at(key)
    }

    /// The bucket that an answer speaks of, under the name it gave.
    fn learn(&mut self, route: &Route, major: &str, name: Option<&str>) -> Arc<Bucket> {
        let Some(name) = name else {
            return self.find(route, major);
        };
        if self.learned.get(route).is_none_or(|known| **known != *name) {
            self.learned.insert(route.clone(), name.into());
        }
        let Some(name) = self.learned.get(route) else {
            return self.find(route, major);
        };
        let key = Key::Learned(Arc::clone(name), major.into());
        if let Some(nameless) = self.by_key.remove(&Key::Route(route.clone(), major.into())) {
            if let Some(bucket) = self.by_key.get(&key) {
                // Another route was counted here first: those in line move over.
                nameless.retire();
                return Arc::clone(bucket);
            }
            self.by_key.insert(key, Arc::clone(&nameless));
            return nameless;
        }
        self.at(key)
    }

    fn at(&mut self, key: Key) -> Arc<Bucket> {
        if self.by_key.len() >= self.sweep_at {
            self.sweep(Instant::now());
        }
        Arc::clone(
            self.by_key
                .entry(key)
                .or_insert_with(|| Arc::new(Bucket::new())),
        )
    }

    /// Forgets buckets whose window is over; interactions make a new one each.
    fn sweep(&mut self, now: Instant) {
        let all = mem::take(&mut self.by_key);
        self.by_key = all
            .into_iter()
            .filter(|(_, bucket)| Arc::strong_count(bucket) > 1 || !bucket.is_idle(now))
            .collect();
        self.sweep_at = SWEEP_FLOOR.max(self.by_key.len() * 2);
    }
}
