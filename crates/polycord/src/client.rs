use std::{
    fmt,
    future::Future,
    sync::{Arc, OnceLock},
};

use polycord_cache::Cache;
use polycord_gateway::Token;
use polycord_rest::Rest;
use polycord_types::id::ApplicationId;
use tokio::{select, task::JoinHandle};

use crate::{
    builder::{ClientBuilder, Settings},
    environment::token_from_env,
    error::Error,
    handle::{ClientHandle, Control, Phase},
    stats::{ClientStats, Counters},
};

/// A bot: shards, cache, HTTP client and handlers as one, built and not started yet.
///
/// # Examples
///
/// ```no_run
/// use polycord::prelude::*;
///
/// # async fn run() -> Result<(), polycord::Error> {
/// Client::from_env()?
///     .intents(Intents::default() | Intents::MESSAGE_CONTENT)
///     .on_ready(|_, ready: Arc<Ready>| async move {
///         println!("logged in as {}", ready.user.username);
///         Ok(())
///     })
///     .build()
///     .run()
///     .await
/// # }
/// ```
#[must_use = "a client does nothing until it is run"]
pub struct Client {
    settings: Settings,
    control: Arc<Control>,
}

impl Client {
    /// Settings for the bot with this token, as copied from the developer portal.
    pub fn builder(token: impl Into<Token>) -> ClientBuilder {
        ClientBuilder::new(token.into())
    }

    /// Settings for the bot whose token is in the environment; see
    /// [`token_from_env`](crate::token_from_env).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::MissingToken`](crate::ErrorKind::MissingToken).
    pub fn from_env() -> Result<ClientBuilder, Error> {
        token_from_env().map(Self::builder)
    }

    pub(crate) fn new(settings: Settings, cache: Cache) -> Self {
        Self {
            settings,
            control: Control::new(cache),
        }
    }

    /// Reaches the client once it runs; take it before [`run`](Self::run) takes the client.
    #[must_use]
    pub fn handle(&self) -> ClientHandle {
        ClientHandle::new(Arc::clone(&self.control))
    }

    /// Runs the bot until it is stopped by a [`ClientHandle`], or cannot go on.
    ///
    /// It reconnects by itself for as long as that can help. On Ctrl-C the process ends as it ever
    /// does; [`run_until`](Self::run_until) ends gracefully.
    ///
    /// # Errors
    ///
    /// [`Error`] says what to do about it: the token is wrong, an intent is not allowed, Discord
    /// cannot be reached at the start, commands cannot be registered, a shard stopped for good.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future stops the bot at once, without closing its sessions in order.
    pub async fn run(self) -> Result<(), Error> {
        self.start().await?.wait().await
    }

    /// Runs the bot until `end` resolves, then shuts it down gracefully within 5 seconds.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn run(client: polycord::Client) -> Result<(), polycord::Error> {
    /// client.run_until(tokio::signal::ctrl_c()).await
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run), when the bot cannot go on before `end` resolves.
    ///
    /// # Cancel safety
    ///
    /// As [`run`](Self::run).
    pub async fn run_until(self, end: impl Future + Send) -> Result<(), Error> {
        let handle = self.handle();
        let mut run = Box::pin(self.run());
        select! {
            outcome = &mut run => return outcome,
            _ = end => handle.stop(),
        }
        run.await
    }

    /// Starts the bot on the current tokio runtime, and returns once its shards are starting.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run), as far as it shows by then: a wrong token does, a disallowed intent
    /// does not.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, nothing was started.
    pub async fn start(self) -> Result<RunningClient, Error> {
        let Self { settings, control } = self;
        let handle = ClientHandle::new(Arc::clone(&control));
        let starting = async {
            settings.warn_about_silent_handlers();
            let rest = settings.rest()?;
            let manager = settings.manager(&rest).await?;
            // A client is started once, since `start` takes it.
            let _ = control.manager.set(manager.handle());
            let shared = Arc::new(Shared {
                application: OnceLock::new(),
                control: Arc::clone(&control),
                rest,
            });
            Ok(settings.runner(shared, manager))
        };
        let runner = select! {
            biased;
            () = control.reached(Phase::Stopping) => {
                control.enter(Phase::Stopped);
                return Ok(RunningClient { handle, task: None });
            }
            runner = starting => match runner {
                Ok(runner) => runner,
                Err(error) => {
                    control.enter(Phase::Stopped);
                    return Err(error);
                }
            },
        };
        control.enter(Phase::Running);
        let task = tokio::spawn(async move {
            let _stopped = Stopped(control);
            runner.run().await
        });
        Ok(RunningClient {
            handle,
            task: Some(task),
        })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// A client that was started. Dropping it stops the bot at once.
#[derive(Debug)]
#[must_use = "dropping it stops the bot"]
pub struct RunningClient {
    handle: ClientHandle,
    /// `None` if it was stopped while it started.
    task: Option<JoinHandle<Result<(), Error>>>,
}

impl RunningClient {
    /// Reaches the client from elsewhere.
    #[must_use]
    pub fn handle(&self) -> ClientHandle {
        self.handle.clone()
    }

    /// Waits until the bot is stopped by a [`ClientHandle`], or cannot go on.
    ///
    /// # Errors
    ///
    /// As [`Client::run`].
    ///
    /// # Cancel safety
    ///
    /// Dropping the future stops the bot at once.
    pub async fn wait(mut self) -> Result<(), Error> {
        match &mut self.task {
            // The task catches its handlers' panics; one of its own is passed on.
            Some(task) => match task.await {
                Ok(outcome) => outcome,
                Err(failed) => match failed.try_into_panic() {
                    Ok(panic) => std::panic::resume_unwind(panic),
                    // Aborted, with its runtime.
                    Err(_) => Ok(()),
                },
            },
            None => Ok(()),
        }
    }

    /// Stops the bot gracefully, within 5 seconds; see [`ClientHandle::shutdown`].
    ///
    /// # Errors
    ///
    /// As [`Client::run`], if it could not go on before.
    pub async fn shutdown(self) -> Result<(), Error> {
        self.handle.shutdown().await;
        if self.handle.is_stopped() {
            self.wait().await
        } else {
            Ok(())
        }
    }

    /// What the client has done so far.
    #[must_use]
    pub fn stats(&self) -> ClientStats {
        self.handle.stats()
    }
}

impl Drop for RunningClient {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

/// Says that the client has stopped, however its task ends.
struct Stopped(Arc<Control>);

impl Drop for Stopped {
    fn drop(&mut self) {
        self.0.enter(Phase::Stopped);
    }
}

/// What a running client's task and contexts share.
pub(crate) struct Shared {
    application: OnceLock<ApplicationId>,
    control: Arc<Control>,
    rest: Rest,
}

impl Shared {
    pub(crate) fn know_application(&self, id: ApplicationId) {
        // The first READY has told it already.
        let _ = self.application.set(id);
    }

    pub(crate) fn application_id(&self) -> Option<ApplicationId> {
        self.application.get().copied()
    }

    pub(crate) fn cache(&self) -> &Cache {
        &self.control.cache
    }

    pub(crate) fn control(&self) -> &Arc<Control> {
        &self.control
    }

    pub(crate) fn counters(&self) -> &Counters {
        &self.control.counters
    }

    pub(crate) fn handle(&self) -> ClientHandle {
        ClientHandle::new(Arc::clone(&self.control))
    }

    pub(crate) fn rest(&self) -> &Rest {
        &self.rest
    }
}
