//! The one task that reads the shards' events and starts handlers.

use std::{
    collections::HashMap,
    sync::{Arc, atomic::Ordering},
    time::{Duration, SystemTime},
};

use polycord_gateway::{Dispatch, SessionEvent, ShardEvent, ShardHandle, ShardId, StopReason};
use polycord_shard_manager::{self as manager, ManagerEvent, ShardManager};
use polycord_types::{
    Timestamp,
    gateway::{Event, EventKind, Intents},
    id::ApplicationId,
};
use tokio::{
    select,
    sync::{OwnedSemaphorePermit, Semaphore, mpsc},
    task::JoinSet,
    time::{Instant, MissedTickBehavior, interval, sleep_until, timeout},
};
use tracing::{Instrument, debug, error, info_span, warn};

use crate::{
    client::Shared,
    commands::Commands,
    context::Context,
    error::Error,
    handle::{Phase, SHUTDOWN_LIMIT},
    panics::caught,
    registry::{Entry, Occurrence, Registry},
    sessions::Progress,
    stats::{Counters, count},
    watchdog::Watchdog,
};

/// How often the cache is told the time at least, so that reads forget what has expired.
const CACHE_TICK: Duration = Duration::from_secs(1);
/// How often it is told the date: the machine's clock may be set.
const CACHE_DATE: Duration = Duration::from_secs(60);

pub(crate) struct Runner {
    pub(crate) shared: Arc<Shared>,
    pub(crate) registry: Registry,
    pub(crate) commands: Arc<Commands>,
    pub(crate) intents: Intents,
    pub(crate) max_handlers: usize,
    pub(crate) watchdog: Arc<Watchdog>,
    pub(crate) manager: ShardManager,
    pub(crate) progress: Progress,
}

/// What the runner keeps while it runs.
struct State {
    origin: Instant,
    permits: Arc<Semaphore>,
    /// The handlers that are running: at most as many as there are permits, and the registration.
    tasks: JoinSet<()>,
    /// The handles seen last: one for each shard of the plan.
    shards: HashMap<ShardId, ShardHandle>,
    /// Why the client must stop, from a task of its own.
    fatal: mpsc::Sender<Error>,
    registered: bool,
    was_ready: bool,
    first_failure: Option<Error>,
}

impl Runner {
    /// Runs until it is told to stop, or until it cannot go on.
    pub(crate) async fn run(mut self) -> Result<(), Error> {
        // One message at most: the first ends the loop.
        let (fatal, mut failed) = mpsc::channel(1);
        let mut state = State {
            origin: Instant::now(),
            permits: Arc::new(Semaphore::new(self.max_handlers)),
            tasks: JoinSet::new(),
            shards: HashMap::new(),
            fatal,
            registered: self.commands.list.is_empty(),
            was_ready: false,
            first_failure: None,
        };
        // In a task of its own: this one may be waiting for the very handler that is slow. It ends
        // with the set.
        let mut watching = JoinSet::new();
        watching.spawn(Arc::clone(&self.watchdog).watch(Arc::clone(&self.shared)));
        let mut tick = Instant::now();
        let mut date = interval(CACHE_DATE);
        date.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let control = Arc::clone(self.shared.control());
        let outcome = loop {
            select! {
                biased;
                () = control.reached(Phase::Stopping) => break failed_before(&mut state),
                Some(error) = failed.recv() => break Err(error),
                Some(_) = state.tasks.join_next(), if !state.tasks.is_empty() => {}
                _ = date.tick() => {
                    let now = Timestamp::from(SystemTime::now());
                    self.shared.cache().set_wall_clock(state.origin.elapsed(), now);
                }
                () = sleep_until(tick) => tick = self.tick_cache(state.origin),
                event = self.manager.next() => match event {
                    Some(event) => if let Err(error) = self.take(&mut state, event).await {
                        break Err(error);
                    },
                    None => break failed_before(&mut state),
                },
            }
        };
        self.stop(state).await;
        outcome
    }

    /// Tells the cache what time it is; gives when to do so again. What falls due is told to subscribers.
    fn tick_cache(&self, origin: Instant) -> Instant {
        let ticked = self.shared.cache().tick(origin.elapsed());
        let latest = Instant::now() + CACHE_TICK;
        ticked.next.map_or(latest, |next| latest.min(origin + next))
    }

    async fn take(&mut self, state: &mut State, event: ManagerEvent) -> Result<(), Error> {
        let (shard, event) = match event {
            ManagerEvent::Shard { shard, event } => (shard, event),
            ManagerEvent::AllReady => {
                self.shared.control().enter(Phase::Ready);
                return Ok(());
            }
            ManagerEvent::Stopped(Err(error)) => return self.all_stopped(state, &error),
            ManagerEvent::Restarted { shard, restarts } => {
                count(&self.shared.counters().shard_restarts);
                warn!(shard.id = %shard, restarts, "shard restarted");
                return Ok(());
            }
            event => {
                debug!(?event, "shard manager");
                return Ok(());
            }
        };
        match event {
            ShardEvent::Dispatch(dispatch) => {
                self.dispatch(state, &dispatch).await;
                self.progress.note(&dispatch);
            }
            ShardEvent::Session(event) => self.session(state, shard, event).await,
            ShardEvent::Stopped(reason) => return self.stopped(state, shard, reason),
            event => debug!(?event, "not handled by this version"),
        }
        Ok(())
    }

    async fn dispatch(&self, state: &mut State, dispatch: &Dispatch) {
        let counters = self.shared.counters();
        counters.event(dispatch.name());
        for panic in self.registry.show(dispatch) {
            count(&counters.handler_panics);
            error!(
                handler = "on_dispatch",
                event = dispatch.name(),
                panic,
                "handler panicked"
            );
        }
        let kind = dispatch.kind();
        let registers = kind == EventKind::Ready && !state.registered;
        if !(registers || self.shared.cache().wants(kind) || self.registry.wants(kind)) {
            return;
        }
        count(&counters.decoded);
        let event = match dispatch.decode() {
            Ok(event) => event,
            Err(error) => {
                count(&counters.decode_errors);
                warn!(%error, shard.id = %dispatch.shard(), "handed on raw");
                match Event::raw(dispatch.name(), dispatch.data()) {
                    Ok(event) => event,
                    Err(_) => return,
                }
            }
        };
        let changes = self.shared.cache().apply(&event, state.origin.elapsed());
        if let Event::Ready(ready) = &event {
            state.was_ready = true;
            let application = ready.application.as_ref().map(|application| application.id);
            if let Some(application) = application {
                self.shared.know_application(application);
            }
            if registers {
                state.registered = true;
                self.register(state, application);
            }
        }
        let Some(ctx) = self.context(state, dispatch.shard()) else {
            return;
        };
        let ctx = ctx.of_dispatch(changes, dispatch.replayed());
        self.start(state, &ctx, dispatch.name(), &Occurrence::Event(event))
            .await;
    }

    async fn session(&self, state: &mut State, shard: ShardId, event: SessionEvent) {
        let counters = self.shared.counters();
        match &event {
            SessionEvent::Resumed { .. } => {
                count(&counters.resumes);
                state.was_ready = true;
                if !state.registered {
                    // It was begun by an earlier process, and READY does not come again.
                    state.registered = true;
                    self.register(state, self.shared.application_id());
                }
            }
            SessionEvent::SessionLost { reason, last_seq } => {
                warn!(shard.id = %shard, %reason, last_seq, "session lost, events may be missing");
                count(&counters.sessions_lost);
            }
            event => debug!(shard.id = %shard, ?event, "session"),
        }
        if let Some(ctx) = self.context(state, shard) {
            let what = Occurrence::Session(Arc::new(event));
            self.start(state, &ctx, "session", &what).await;
        }
    }

    fn stopped(&self, state: &mut State, shard: ShardId, reason: StopReason) -> Result<(), Error> {
        if reason.is_shutdown() {
            return Ok(());
        }
        let token_refused = reason == StopReason::AuthenticationFailed;
        let failure = Error::stopped(shard, reason, self.intents);
        error!(shard.id = %shard, error = %failure, "shard stopped");
        // A bot that never was ready has a mistake in its settings, and its user waits for the
        // answer. Later the other shards go on; but not with a token that is void for them too.
        if token_refused || !state.was_ready {
            return Err(failure);
        }
        state.first_failure.get_or_insert(failure);
        Ok(())
    }

    /// The manager knows the reason even if the shard's own word came too late.
    fn all_stopped(&self, state: &mut State, error: &manager::Error) -> Result<(), Error> {
        match error.kind() {
            manager::ErrorKind::Stopped { shard, reason } => {
                let failure = Error::stopped(*shard, reason.clone(), self.intents);
                Err(state.first_failure.take().unwrap_or(failure))
            }
            _ => Ok(()),
        }
    }

    fn context(&self, state: &mut State, shard: ShardId) -> Option<Context> {
        // What a shard told last may be read after it has stopped, and is handled all the same.
        let handle = match self.manager.handle().shard(shard.number) {
            Some(handle) => {
                state.shards.insert(shard, handle.clone());
                handle
            }
            None => state.shards.get(&shard)?.clone(),
        };
        Some(Context::new(Arc::clone(&self.shared), handle))
    }

    fn register(&self, state: &mut State, application: Option<ApplicationId>) {
        let registering =
            Arc::clone(&self.commands).register(self.shared.rest().clone(), application);
        let fatal = state.fatal.clone();
        let control = Arc::clone(self.shared.control());
        state.tasks.spawn(async move {
            select! {
                // It may be waiting to try again, and a client that stops does not wait for that.
                () = control.reached(Phase::Stopping) => {}
                registered = registering => if let Err(error) = registered {
                    // Full only if the client is stopping for another failure already.
                    let _ = fatal.try_send(error);
                },
            }
        });
    }

    /// Starts every handler that this is for, in their order, each in a task of its own.
    async fn start(&self, state: &mut State, ctx: &Context, event: &str, what: &Occurrence) {
        for entry in self.registry.of(what) {
            let Some(permit) = self.permit(&state.permits).await else {
                return;
            };
            let run = Supervised {
                entry: Arc::clone(entry),
                ctx: ctx.clone(),
                what: what.clone(),
                shared: Arc::clone(&self.shared),
                watchdog: Arc::clone(&self.watchdog),
                permit,
            };
            let span = info_span!(
                "handler",
                handler = %entry.name,
                event,
                shard.id = %ctx.shard_id(),
            );
            state.tasks.spawn(run.finish().instrument(span));
        }
    }

    /// The right to run one more handler; `None` when the client stops meanwhile.
    async fn permit(&self, permits: &Arc<Semaphore>) -> Option<OwnedSemaphorePermit> {
        if let Ok(permit) = Arc::clone(permits).try_acquire_owned() {
            return Some(permit);
        }
        count(&self.shared.counters().handlers_saturated);
        select! {
            permit = Arc::clone(permits).acquire_owned() => permit.ok(),
            () = self.shared.control().reached(Phase::Stopping) => None,
        }
    }

    /// Shards close and handlers finish at the same time, within the one limit.
    async fn stop(self, mut state: State) {
        let Self {
            shared,
            mut manager,
            progress,
            ..
        } = self;
        shared.control().enter(Phase::Stopping);
        let handle = manager.handle();
        let tasks = &mut state.tasks;
        let all = async {
            tokio::join!(
                handle.shutdown(),
                async { while tasks.join_next().await.is_some() {} },
                async {
                    while let Some(event) = manager.next().await {
                        if let ManagerEvent::Stopped(Ok(left)) = event {
                            // The client stops once.
                            let _ = shared.control().left.set(progress.resumable(left));
                        }
                    }
                }
            );
        };
        // A little is left of the limit for those who wait for the end.
        if timeout(SHUTDOWN_LIMIT.mul_f64(0.9), all).await.is_err() {
            warn!(
                handlers = state.tasks.len(),
                "stopped without waiting for what still runs"
            );
        }
        state.tasks.abort_all();
    }
}

/// A shard that was lost is told at the end, even of a client that went on without it.
fn failed_before(state: &mut State) -> Result<(), Error> {
    state.first_failure.take().map_or(Ok(()), Err)
}

/// One run of one handler.
struct Supervised {
    entry: Arc<Entry>,
    ctx: Context,
    what: Occurrence,
    shared: Arc<Shared>,
    watchdog: Arc<Watchdog>,
    permit: OwnedSemaphorePermit,
}

impl Supervised {
    async fn finish(self) {
        let Self {
            entry,
            ctx,
            what,
            shared,
            watchdog,
            permit: _permit,
        } = self;
        let name = &entry.name;
        let counters = shared.counters();
        // The handler is called inside, for it may panic before it gives its future.
        let run = caught(async { entry.run(ctx, &what).await });
        let _running = Running::begin(counters);
        let _watched = watchdog.begin(&entry);
        let outcome = run.await;
        if entry.declined(&what) {
            return;
        }
        count(&counters.handler_runs);
        if entry.is_command() {
            count(&counters.commands);
        }
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                count(&counters.handler_errors);
                error!(handler = name, %error, "handler failed");
            }
            Err(panic) => {
                count(&counters.handler_panics);
                error!(handler = name, panic, "handler panicked");
            }
        }
    }
}

/// Counted as running for as long as it lives, aborted or not.
struct Running<'a>(&'a Counters);

impl<'a> Running<'a> {
    fn begin(counters: &'a Counters) -> Self {
        counters.handlers_running.fetch_add(1, Ordering::Relaxed);
        Self(counters)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.handlers_running.fetch_sub(1, Ordering::Relaxed);
    }
}
