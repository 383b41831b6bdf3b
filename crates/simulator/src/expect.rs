//! What a test asserts.

mod not_seen;

use std::time::Duration;

use polycord_types::id::{ChannelId, InteractionId, MessageId, UserId};
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

pub use self::not_seen::NotSeen;
use crate::core::State;
use crate::journal::Journal;
use crate::rest::interactions::response;
use crate::simulator::Simulator;
use crate::world::objects;

/// A message in a channel.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Where it is.
    pub channel_id: ChannelId,
    /// Who wrote it.
    pub author_id: UserId,
    /// Its text.
    pub content: String,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// All of it, as REST gives it.
    pub json: Value,
}

impl Message {
    fn read(json: &Value) -> Self {
        let reply = objects::snowflake(&json["message_reference"]["message_id"]);
        Self {
            id: MessageId::new(objects::id(json)),
            channel_id: ChannelId::new(objects::snowflake(&json["channel_id"]).unwrap_or(1)),
            author_id: UserId::new(objects::id(&json["author"]).max(1)),
            content: json["content"].as_str().unwrap_or_default().to_owned(),
            reply_to: reply.filter(|id| *id != 0).map(MessageId::new),
            json: json.clone(),
        }
    }
}

/// What a bot answered to an interaction.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Response {
    /// The interaction.
    pub interaction: InteractionId,
    /// The callback's type: 4 for a message, 5 for a deferred one, and so on.
    pub kind: u64,
    /// The body of the callback.
    pub callback: Value,
    /// The message it made, as it is now; `None` for callbacks that make none, and after deletion.
    pub message: Option<Message>,
    /// Later messages.
    pub followups: Vec<Message>,
}

impl Simulator {
    /// The messages of a channel, oldest first (the last 1,000 are kept).
    #[must_use]
    pub fn messages(&self, channel: ChannelId) -> Vec<Message> {
        let state = self.core.lock();
        let found = state.world.messages.of(channel.get());
        found.map(Message::read).collect()
    }

    /// A message of a channel; `None` if it was deleted, or never there.
    #[must_use]
    pub fn message(&self, channel: ChannelId, message: MessageId) -> Option<Message> {
        let state = self.core.lock();
        let found = state.world.message(channel.get(), message.get());
        found.map(Message::read)
    }

    /// Waits for a message in a channel that `matching` accepts; one that is there already counts.
    ///
    /// # Errors
    ///
    /// When none came in time.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn expect_message(
        &self,
        channel: ChannelId,
        matching: impl Fn(&Message) -> bool,
        within: Duration,
    ) -> Result<Message, NotSeen> {
        let look = || self.messages(channel).into_iter().find(|m| matching(m));
        self.wait(within, look, |state| {
            NotSeen::message(state, channel.get(), within)
        })
        .await
    }

    /// Waits for the answer to an interaction, for at most the 3 seconds Discord gives.
    ///
    /// After a deferred answer the message follows later: wait for it with
    /// [`expect_that`](Self::expect_that) and [`response`](Self::response).
    ///
    /// # Errors
    ///
    /// When none came in time.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn expect_response(&self, interaction: InteractionId) -> Result<Response, NotSeen> {
        let within = Duration::from_secs(3);
        let look = || self.response(interaction);
        self.wait(within, look, |state| {
            NotSeen::response(state, interaction.get(), within)
        })
        .await
    }

    /// What was answered to an interaction so far; `None` if nothing was.
    #[must_use]
    pub fn response(&self, interaction: InteractionId) -> Option<Response> {
        answer(&self.core.lock(), interaction.get())
    }

    /// All answers to interactions so far, by interaction.
    #[must_use]
    pub fn responses(&self) -> Vec<Response> {
        let state = self.core.lock();
        let mut ids: Vec<u64> = state.interactions.keys().copied().collect();
        ids.sort_unstable();
        ids.into_iter()
            .filter_map(|id| answer(&state, id))
            .collect()
    }

    /// Waits until `holds` is true of the simulator: it looks after every change. `what` says in the
    /// error what that would have been.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use polycord_simulator::{NotSeen, Simulator};
    /// # async fn is_timed_out(sim: &Simulator) -> Result<(), NotSeen> {
    /// let (guild, ada) = (sim.guild("tea house"), sim.user("ada"));
    /// let timed_out = |sim: &Simulator| sim.member(guild, ada).is_some_and(|it| it.timed_out);
    /// sim.expect_that("ada is timed out", timed_out, Duration::from_secs(5)).await
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When it did not come true in time.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn expect_that(
        &self,
        what: &str,
        holds: impl Fn(&Self) -> bool,
        within: Duration,
    ) -> Result<(), NotSeen> {
        let look = || holds(self).then_some(());
        self.wait(within, look, |state| {
            NotSeen::state_of_things(state, what, within)
        })
        .await
    }

    /// Waits until the bot has registered a command of that name, global or for a guild.
    ///
    /// # Errors
    ///
    /// When it did not in time.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn expect_command(&self, name: &str, within: Duration) -> Result<(), NotSeen> {
        let look = || {
            let state = self.core.lock();
            let mut names = state.commands.names();
            names.any(|known| known == name).then_some(())
        };
        self.wait(within, look, |state| NotSeen::command(state, name, within))
            .await
    }

    /// Waits until the journal is as wanted: `ready` sees it after every change.
    ///
    /// # Errors
    ///
    /// When it did not get so in time.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn expect_journal(
        &self,
        ready: impl Fn(&Journal) -> bool,
        within: Duration,
    ) -> Result<(), NotSeen> {
        let look = || ready(&self.journal()).then_some(());
        self.wait(within, look, |state| {
            NotSeen::state_of_things(state, "the journal is as expected", within)
        })
        .await
    }

    /// Looks after every change. No lock is held meanwhile: what a test is asked may ask the simulator.
    async fn wait<T>(
        &self,
        within: Duration,
        look: impl Fn() -> Option<T>,
        explain: impl FnOnce(&State) -> NotSeen,
    ) -> Result<T, NotSeen> {
        let end = Instant::now() + within;
        loop {
            let changed = self.core.changed.notified();
            tokio::pin!(changed);
            // Listening begins before looking, so that no change falls in between.
            changed.as_mut().enable();
            if let Some(found) = look() {
                return Ok(found);
            }
            if timeout_at(end, changed).await.is_err() {
                return Err(explain(&self.core.lock()));
            }
        }
    }
}

fn answer(state: &State, id: u64) -> Option<Response> {
    let found = state.interactions.get(&id)?;
    let callback = found.callback.clone()?;
    let message = |id: &u64| response(state, found.id, *id).map(|json| Message::read(&json));
    Some(Response {
        interaction: InteractionId::new(id),
        kind: callback["type"].as_u64().unwrap_or(0),
        message: found.original.as_ref().and_then(message),
        followups: found.followups.iter().filter_map(message).collect(),
        callback,
    })
}
