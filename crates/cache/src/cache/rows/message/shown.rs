//! Messages as readers get them.

use polycord_types::{
    Text, Timestamp,
    component::Component,
    id::{ApplicationId, ChannelId, GuildId, MessageId, RoleId, UserId, WebhookId},
    mention::MessageLink,
    message::{
        Attachment, Embed, InteractionMetadata, MentionedUser, Message, MessageFlags,
        MessageReference, MessageSnapshot, MessageType,
    },
    poll::Poll,
    sticker::StickerItem,
    user::User,
};

use super::{CachedReaction, MessageRow, ORIGINAL_GONE, PINNED, TTS};
use crate::{Cache, CachedUser};

/// A message at one moment, with its reactions and its poll.
///
/// It knows the ids of those who wrote it and are mentioned in it; who they are by now the cache tells, and knows for as
/// long as it has the message.
#[derive(Clone, Debug, PartialEq)]
pub struct CachedMessage {
    pub(crate) guild_id: Option<GuildId>,
    pub(crate) channel_id: ChannelId,
    pub(crate) id: MessageId,
    pub(crate) row: MessageRow,
}

impl CachedMessage {
    /// Identifies the message.
    #[must_use]
    pub const fn id(&self) -> MessageId {
        self.id
    }

    /// The channel or thread.
    #[must_use]
    pub const fn channel_id(&self) -> ChannelId {
        self.channel_id
    }

    /// The guild; `None` for a direct message.
    #[must_use]
    pub const fn guild_id(&self) -> Option<GuildId> {
        self.guild_id
    }

    /// What was written. Empty without the
    /// [`MESSAGE_CONTENT`](https://docs.discord.com/developers/events/gateway#message-content-intent) intent, but for
    /// messages that concern the application itself.
    #[must_use]
    pub fn content(&self) -> &str {
        &self.row.content
    }

    /// Who wrote it. No user's id if it was a [webhook](Self::webhook_id).
    #[must_use]
    pub const fn author_id(&self) -> UserId {
        self.row.author
    }

    /// Who wrote it, as the cache knows them now; a webhook as it called itself then.
    ///
    /// `None` if the cache does not know the user, which happens only if users are bounded or off.
    #[must_use]
    pub fn author(&self, cache: &Cache) -> Option<User> {
        let webhook = self.row.webhook().map(|(_, author)| author.clone());
        webhook.or_else(|| cache.user(self.author_id()).map(|user| user.to_user()))
    }

    /// The webhook that wrote it. Answers to interactions are written by one that has the id of the application.
    #[must_use]
    pub fn webhook_id(&self) -> Option<WebhookId> {
        self.row.webhook().map(|(id, _)| id)
    }

    /// When it was written.
    #[must_use]
    pub const fn timestamp(&self) -> Timestamp {
        self.row.timestamp
    }

    /// When its author changed it last. Other changes, such as embeds that follow, do not count.
    #[must_use]
    pub const fn edited_timestamp(&self) -> Option<Timestamp> {
        self.row.edited
    }

    /// What kind of message it is.
    #[must_use]
    pub fn kind(&self) -> MessageType {
        self.row.kind()
    }

    /// Properties of the message.
    #[must_use]
    pub fn flags(&self) -> MessageFlags {
        self.row.flags()
    }

    /// Whether it is read aloud.
    #[must_use]
    pub const fn is_tts(&self) -> bool {
        self.row.marks & TTS != 0
    }

    /// Whether it is pinned.
    #[must_use]
    pub const fn is_pinned(&self) -> bool {
        self.row.marks & PINNED != 0
    }

    /// Whether it mentions everyone, or all who are online.
    #[must_use]
    pub const fn mentions_everyone(&self) -> bool {
        self.row.mentions_everyone()
    }

    /// The users it mentions.
    #[must_use]
    pub fn mentions(&self) -> &[UserId] {
        self.row.mentions()
    }

    /// The roles it mentions.
    #[must_use]
    pub fn mention_roles(&self) -> &[RoleId] {
        self.row.mention_roles()
    }

    /// Files.
    #[must_use]
    pub fn attachments(&self) -> &[Attachment] {
        self.row.more().map_or(&[], |more| &more.attachments)
    }

    /// Boxes with rich content.
    #[must_use]
    pub fn embeds(&self) -> &[Embed] {
        self.row.more().map_or(&[], |more| &more.embeds)
    }

    /// Buttons, menus and the like.
    #[must_use]
    pub fn components(&self) -> &[Component] {
        self.row.more().map_or(&[], |more| &more.components)
    }

    /// Reactions, in the order in which the emoji were first used.
    #[must_use]
    pub fn reactions(&self) -> &[CachedReaction] {
        self.row.reactions()
    }

    /// A poll, with its votes as far as they are known.
    #[must_use]
    pub fn poll(&self) -> Option<&Poll> {
        self.row.more()?.poll.as_deref()
    }

    /// The message that this one answers, forwards or follows.
    #[must_use]
    pub fn reference(&self) -> Option<&MessageReference> {
        self.row.more()?.reference.as_deref()
    }

    /// The message that this one forwards, as it was then.
    #[must_use]
    pub fn snapshots(&self) -> &[MessageSnapshot] {
        self.row.rare().map_or(&[], |rare| &rare.snapshots)
    }

    /// The interaction that it answers.
    #[must_use]
    pub fn interaction_metadata(&self) -> Option<&InteractionMetadata> {
        self.row.rare()?.interaction_metadata.as_deref()
    }

    /// Stickers.
    #[must_use]
    pub fn sticker_items(&self) -> &[StickerItem] {
        self.row.rare().map_or(&[], |rare| &rare.sticker_items)
    }

    /// The application that sent it, if it answers an interaction or was sent by a webhook of an application.
    #[must_use]
    pub fn application_id(&self) -> Option<ApplicationId> {
        self.row.rare()?.application_id
    }

    /// Roughly where it stands in its thread.
    #[must_use]
    pub fn position(&self) -> Option<i64> {
        self.row.position()
    }

    /// Leads to the message in Discord's own apps.
    #[must_use]
    pub const fn link(&self) -> MessageLink {
        MessageLink::new(self.guild_id, self.channel_id, self.id)
    }

    /// The message as Discord sends it, its users as the cache knows them now.
    ///
    /// A user that the cache does not know, which happens only if users are bounded or off, has an id and no name. The
    /// message that is answered and the thread that was begun are not in it: the cache may have them themselves.
    #[must_use]
    pub fn to_message(&self, cache: &Cache) -> Message {
        let known = |id| cache.user(id).as_ref().map(CachedUser::to_user);
        self.row.to_message(self.channel_id, self.id, known)
    }
}

impl MessageRow {
    /// The message as Discord sends it; `known` tells who its users are.
    pub(crate) fn to_message(
        &self,
        channel_id: ChannelId,
        id: MessageId,
        known: impl Fn(UserId) -> Option<User>,
    ) -> Message {
        let row = self;
        let more = row.more().cloned().unwrap_or_default();
        let rare = more.rare.map(|rare| *rare).unwrap_or_default();
        let user = |id| known(id).unwrap_or_else(|| nameless(id));
        let webhook = rare.webhook_author.map(|author| *author);
        Message {
            id,
            channel_id,
            author: webhook.unwrap_or_else(|| user(row.author)),
            content: row.content.clone(),
            timestamp: row.timestamp,
            edited_timestamp: row.edited,
            tts: row.marks & TTS != 0,
            mention_everyone: row.mentions_everyone(),
            mentions: more
                .mentions
                .iter()
                .map(|id| MentionedUser {
                    user: user(*id),
                    member: None,
                })
                .collect(),
            mention_roles: more.mention_roles.into_vec(),
            mention_channels: told(rare.mention_channels),
            attachments: more.attachments.into_vec(),
            embeds: more.embeds.into_vec(),
            reactions: row.reactions.as_ref().map(|reactions| {
                let reactions = reactions.iter();
                reactions.map(CachedReaction::to_reaction).collect()
            }),
            nonce: None,
            pinned: row.marks & PINNED != 0,
            webhook_id: rare.webhook_id,
            kind: row.kind(),
            activity: rare.activity,
            application: rare.application,
            application_id: rare.application_id,
            flags: Some(row.flags()),
            message_reference: more.reference,
            message_snapshots: told(rare.snapshots),
            referenced_message: (row.marks & ORIGINAL_GONE != 0).then_some(None),
            interaction_metadata: rare.interaction_metadata,
            interaction: rare.interaction,
            thread: None,
            components: told(more.components),
            sticker_items: told(rare.sticker_items),
            stickers: told(rare.stickers),
            position: row.position(),
            role_subscription_data: rare.role_subscription_data,
            resolved: rare.resolved,
            poll: more.poll,
            call: rare.call,
            shared_client_theme: rare.shared_client_theme,
        }
    }
}

/// A user of whom only the id is known.
fn nameless(id: UserId) -> User {
    User {
        id,
        username: Text::default(),
        discriminator: "0".into(),
        global_name: None,
        avatar: None,
        bot: None,
        system: None,
        mfa_enabled: None,
        banner: None,
        accent_color: None,
        locale: None,
        verified: None,
        email: None,
        flags: None,
        premium_type: None,
        public_flags: None,
        avatar_decoration_data: None,
        collectibles: None,
        primary_guild: None,
    }
}

/// A list that is absent when it is empty.
fn told<T>(list: Box<[T]>) -> Option<Vec<T>> {
    (!list.is_empty()).then(|| list.into_vec())
}
