//! Rate limits: a bucket per route and major parameter, one for all, those of resources that others
//! use, too, and what the edge does with who does not listen.

mod edge;
mod provoke;
mod refusal;
mod rules;

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Response};
use tokio::time::Instant;

use self::edge::Edge;
pub(crate) use self::refusal::Described;
use self::refusal::{Scope, refusal, seconds_up};
use self::rules::Limit;
use super::route::{Parameters, Route};
use crate::builder::Options;
use crate::ids::Clock;

const SECOND: Duration = Duration::from_secs(1);
/// More buckets than this are swept of those whose window is over.
const SWEEP: usize = 4_096;

/// What has been used lately.
#[derive(Debug, Default)]
pub(crate) struct RateLimits {
    /// By bucket and major parameters.
    buckets: HashMap<(u64, String), Window>,
    global: Option<Window>,
    /// Channels that others use up, and until when.
    shared: HashMap<u64, Instant>,
    edge: Edge,
}

#[derive(Clone, Copy, Debug)]
struct Window {
    used: u32,
    limit: u32,
    ends: Instant,
}

impl Window {
    fn new((limit, per): Limit) -> Self {
        Self {
            used: 0,
            limit,
            ends: Instant::now() + per,
        }
    }

    fn over(&self) -> bool {
        Instant::now() >= self.ends
    }

    fn left(&self) -> Duration {
        self.ends.saturating_duration_since(Instant::now())
    }
}

/// Whether a request may go on.
pub(crate) enum Checked {
    /// With what headers are to tell, where limits are on.
    Allowed(Option<Described>),
    Refused(Response<Bytes>),
}

impl RateLimits {
    /// Counts a request.
    pub(crate) fn check(
        &mut self,
        options: &Options,
        clock: &Clock,
        route: &Route,
        parameters: &Parameters<'_>,
    ) -> Checked {
        // What a token in the path opens is nobody's request, as far as the bot's limit goes.
        let webhook = ["/interactions/", "/webhooks/{webhook_id}/{webhook_token}"];
        let global = !webhook.iter().any(|root| route.path.starts_with(root));
        if global && let Some(wait) = self.count_globally(options) {
            return Checked::Refused(refusal(wait, &Scope::Global));
        }
        let (bucket, limit) = rules::bucket(options, route);
        if self.buckets.len() > SWEEP {
            self.buckets.retain(|_, window| !window.over());
        }
        let fresh = Window::new(limit);
        let window = self.buckets.entry((bucket, parameters.major()));
        let window = window.or_insert(fresh);
        if window.over() {
            *window = fresh;
        }
        let others = self.shared.get(&channel(parameters)).copied();
        let others = others.map(|until| until.saturating_duration_since(Instant::now()));
        let others = others.filter(|wait| !wait.is_zero());
        let full = options.limits && window.used >= window.limit;
        if !full && others.is_none() {
            window.used += 1;
        }
        let reset = Duration::from_millis(clock.now_ms()) + window.left();
        let described = Described {
            window: *window,
            bucket,
            reset: seconds_up(reset),
        };
        if let Some(wait) = others {
            return Checked::Refused(refusal(wait, &Scope::Shared(&described)));
        }
        if full {
            let wait = described.window.left();
            return Checked::Refused(refusal(wait, &Scope::User(&described)));
        }
        Checked::Allowed(options.limits.then_some(described))
    }

    /// What the edge answers in place of the API.
    pub(super) fn edge(&self, headers: &HeaderMap) -> Option<Response<Bytes>> {
        self.edge.refusal().or_else(|| edge::blocked(headers))
    }

    /// Counts what was answered.
    pub(super) fn answered(&mut self, options: &Options, response: &Response<Bytes>) {
        self.edge.count(options, response);
    }

    /// How long to wait if all of a second is used.
    fn count_globally(&mut self, options: &Options) -> Option<Duration> {
        let fresh = Window::new((options.global_limit, SECOND));
        let global = self.global.get_or_insert(fresh);
        if global.over() {
            *global = fresh;
        }
        // What a test used up is so without limits, too.
        if global.used >= global.limit && (options.limits || global.limit == 0) {
            return Some(global.left());
        }
        global.used = global.used.saturating_add(1);
        None
    }

    fn exhaust(&mut self, channel: u64, lasting: Duration) {
        self.shared.retain(|_, until| *until > Instant::now());
        self.shared.insert(channel, Instant::now() + lasting);
    }

    fn exhaust_globally(&mut self, lasting: Duration) {
        self.global = Some(Window::new((0, lasting)));
    }

    fn ban(&mut self, lasting: Duration) {
        self.edge.ban(lasting);
    }
}

/// The channel of a path; 0 where it names none.
fn channel(parameters: &Parameters<'_>) -> u64 {
    let id = parameters.get("channel_id").and_then(|id| id.parse().ok());
    id.unwrap_or(0)
}
