use std::{fmt, sync::Arc};

use polycord_cache::{Cache, Changes, Signal};
use polycord_gateway::{ShardHandle, ShardId};
use polycord_rest::Rest;
use polycord_types::{
    id::{ApplicationId, ChannelId},
    interaction::{Interaction, InteractionResponse, ResponseMessage},
    message::{CreateMessage, EditMessage, Message},
};

use crate::{
    client::Shared,
    error::Error,
    handle::ClientHandle,
    handler::{Identity, Owner, Slot},
    stats::{ClientStats, count},
};

/// What a handler gets besides its event: the cache, the HTTP client, the shard, and shortcuts for
/// what handlers do most. Cloning it is cheap; it may be kept and moved into tasks.
#[derive(Clone)]
pub struct Context {
    shared: Arc<Shared>,
    shard: ShardHandle,
    shard_id: ShardId,
    changes: Option<Arc<Changes>>,
    replayed: bool,
    owner: Option<Arc<Owner>>,
}

impl Context {
    pub(crate) fn new(shared: Arc<Shared>, handle: ShardHandle) -> Self {
        let shard_id = handle.id();
        Self {
            shared,
            shard: handle,
            shard_id,
            changes: None,
            replayed: false,
            owner: None,
        }
    }

    pub(crate) fn of_dispatch(mut self, changes: Changes, replayed: bool) -> Self {
        self.changes = (!changes.is_empty()).then(|| Arc::new(changes));
        self.replayed = replayed;
        self
    }

    pub(crate) fn owned_by(mut self, owner: Arc<Owner>) -> Self {
        self.owner = Some(owner);
        self
    }

    /// Called by the default methods of [`Handler`](crate::Handler).
    pub(crate) fn decline(&self, who: Identity, slot: Slot) {
        if let Some(owner) = &self.owner {
            owner.decline(who, slot);
        }
    }

    /// What the events so far say the world looks like. The event at hand is applied already.
    #[must_use]
    pub fn cache(&self) -> &Cache {
        self.shared.cache()
    }

    /// What the event at hand changed in the cache, old beside new; `None` if nothing.
    #[must_use]
    pub fn changes(&self) -> Option<&Changes> {
        self.changes.as_deref()
    }

    /// What is to be looked at again because of the event at hand, as coarse as a user interface redraws;
    /// each once.
    ///
    /// What happens without an event, such as that somebody stops typing, comes to those who
    /// [subscribe](Cache::subscribe) to the cache.
    #[must_use]
    pub fn signals(&self) -> Vec<Signal> {
        self.changes().map(Changes::signals).unwrap_or_default()
    }

    /// Whether the event was sent again after a lost connection; it happened some time ago.
    #[must_use]
    pub fn is_replayed(&self) -> bool {
        self.replayed
    }

    /// The HTTP client, for every request that has no shortcut here.
    #[must_use]
    pub fn rest(&self) -> &Rest {
        self.shared.rest()
    }

    /// The shard that the event came from. It changes the bot's presence, joins voice channels, and asks for
    /// members and other data of the guilds it has.
    ///
    /// ```no_run
    /// # use polycord::{Context, types::{gateway::send::RequestGuildMembers, id::GuildId}};
    /// # async fn example(ctx: Context, guild: GuildId) -> Result<(), polycord::gateway::RequestError> {
    /// let everybody = RequestGuildMembers::everybody(guild);
    /// let members = ctx.shard().request_members(everybody).await?.members;
    /// println!("{} members", members.len());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn shard(&self) -> &ShardHandle {
        &self.shard
    }

    /// Which shard the event came from.
    #[must_use]
    pub fn shard_id(&self) -> ShardId {
        self.shard_id
    }

    /// The client that this handler belongs to; a handler may shut it down.
    #[must_use]
    pub fn client(&self) -> ClientHandle {
        self.shared.handle()
    }

    /// The bot's application; known from READY on, so to every handler but those of sessions.
    #[must_use]
    pub fn application_id(&self) -> Option<ApplicationId> {
        self.shared.application_id()
    }

    /// What the client has done so far.
    #[must_use]
    pub fn stats(&self) -> ClientStats {
        self.shared.counters().snapshot()
    }

    /// Answers a message where it was written, as a reply to it.
    ///
    /// If the message is deleted meanwhile, the answer is sent without the reference.
    ///
    /// # Errors
    ///
    /// As [`Rest::create_message`]: [`ErrorKind::Permission`](crate::ErrorKind::Permission) if the
    /// bot may not write there.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, the message may have been sent or not.
    pub async fn reply(
        &self,
        message: &Message,
        answer: impl Into<CreateMessage>,
    ) -> Result<Message, Error> {
        self.say(message.channel_id, answer.into().reply_to(message.id))
            .await
    }

    /// Writes a message.
    ///
    /// # Errors
    ///
    /// As [`reply`](Self::reply).
    ///
    /// # Cancel safety
    ///
    /// As [`reply`](Self::reply).
    pub async fn say(
        &self,
        channel: ChannelId,
        message: impl Into<CreateMessage>,
    ) -> Result<Message, Error> {
        let message = message.into();
        let sent = self.rest().create_message(channel, &message).await?;
        count(&self.shared.counters().replies);
        Ok(sent)
    }

    /// Answers an interaction, which must happen within 3 seconds of it; see [`defer`](Self::defer).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Rest`](crate::ErrorKind::Rest) if it was answered before, or too late.
    ///
    /// # Cancel safety
    ///
    /// As [`reply`](Self::reply).
    pub async fn respond(
        &self,
        interaction: &Interaction,
        response: impl Into<InteractionResponse>,
    ) -> Result<(), Error> {
        let response = response.into();
        let (id, token) = (interaction.id, interaction.token.expose());
        self.rest()
            .create_interaction_response(id, token, &response)
            .await?;
        count(&self.shared.counters().replies);
        Ok(())
    }

    /// Tells the user that the answer takes longer than 3 seconds; it is then due within 15 minutes,
    /// by [`edit_response`](Self::edit_response).
    ///
    /// # Errors
    ///
    /// As [`respond`](Self::respond).
    ///
    /// # Cancel safety
    ///
    /// As [`reply`](Self::reply).
    pub async fn defer(&self, interaction: &Interaction) -> Result<(), Error> {
        let response = InteractionResponse::defer();
        let (id, token) = (interaction.id, interaction.token.expose());
        self.rest()
            .create_interaction_response(id, token, &response)
            .await?;
        Ok(())
    }

    /// Changes the answer to an interaction, or gives it after [`defer`](Self::defer).
    ///
    /// # Errors
    ///
    /// As [`respond`](Self::respond).
    ///
    /// # Cancel safety
    ///
    /// As [`reply`](Self::reply).
    pub async fn edit_response(
        &self,
        interaction: &Interaction,
        response: impl Into<EditMessage>,
    ) -> Result<Message, Error> {
        let response = response.into();
        let (application, token) = (interaction.application_id, interaction.token.expose());
        let sent = self
            .rest()
            .edit_original_response(application, token, &response)
            .await?;
        count(&self.shared.counters().replies);
        Ok(sent)
    }

    /// Adds a message to an interaction that was answered.
    ///
    /// # Errors
    ///
    /// As [`respond`](Self::respond).
    ///
    /// # Cancel safety
    ///
    /// As [`reply`](Self::reply).
    pub async fn follow_up(
        &self,
        interaction: &Interaction,
        message: impl Into<ResponseMessage>,
    ) -> Result<Message, Error> {
        let message = message.into();
        let (application, token) = (interaction.application_id, interaction.token.expose());
        let sent = self
            .rest()
            .create_followup(application, token, &message)
            .await?;
        count(&self.shared.counters().replies);
        Ok(sent)
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("shard_id", &self.shard_id)
            .field("changes", &self.changes)
            .field("replayed", &self.replayed)
            .finish_non_exhaustive()
    }
}
