//! What a test asserts.

use std::fmt;
use std::time::Duration;

use polycord_types::id::{ChannelId, InteractionId, MessageId, UserId};
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

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

/// Something a test waited for did not come in time. Shows the end of the journal, as `Debug` too,
/// so that `unwrap` tells what happened instead.
pub struct NotSeen {
    what: String,
    within: Duration,
    journal: Journal,
}

/// Journal lines shown when something did not come.
const SHOWN: usize = 60;

impl NotSeen {
    /// What happened until then.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.journal
    }
}

impl fmt::Display for NotSeen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} did not come within {:?}; what happened last:",
            self.what, self.within
        )?;
        let skipped = self.journal.len().saturating_sub(SHOWN);
        self.journal
            .iter()
            .skip(skipped)
            .try_for_each(|entry| writeln!(f, "{entry}"))
    }
}

impl fmt::Debug for NotSeen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for NotSeen {}

impl Simulator {
    /// The messages of a channel, oldest first (the last 1,000 are kept).
    #[must_use]
    pub fn messages(&self, channel: ChannelId) -> Vec<Message> {
        let state = self.core.lock();
        let found = state.world.messages.of(channel.get());
        found.map(Message::read).collect()
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
        let what = format!("the expected message in channel {channel}");
        self.wait(&what, within, || {
            self.messages(channel).into_iter().find(|m| matching(m))
        })
        .await
    }

    /// Waits for the answer to an interaction, for at most the 3 seconds Discord gives.
    ///
    /// # Errors
    ///
    /// When none came in time.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn expect_response(&self, interaction: InteractionId) -> Result<Response, NotSeen> {
        let what = format!("the answer to interaction {interaction}");
        self.wait(&what, Duration::from_secs(3), || {
            answer(&self.core.lock(), interaction.get())
        })
        .await
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

    /// Waits until `journal` is as wanted: `ready` sees it after every change.
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
        let what = "the expected state of the journal";
        self.wait(what, within, || ready(&self.journal()).then_some(()))
            .await
    }

    /// Looks after every change. No lock is held meanwhile: what a test is asked may ask the simulator.
    async fn wait<T>(
        &self,
        what: &str,
        within: Duration,
        look: impl Fn() -> Option<T>,
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
                let journal = self.journal();
                return Err(NotSeen {
                    what: what.to_owned(),
                    within,
                    journal,
                });
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
