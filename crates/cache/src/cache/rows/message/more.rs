//! What a message that is only text does not have.

use polycord_types::{
    HeapSize,
    application::PartialApplication,
    component::Component,
    id::{ApplicationId, RoleId, UserId, WebhookId},
    interaction::ResolvedData,
    message::{
        Attachment, ChannelMention, Embed, InteractionMetadata, Message, MessageActivity,
        MessageCall, MessageFlags, MessageInteraction, MessageReference, MessageSnapshot,
        MessageType, RoleSubscriptionData, SharedClientTheme,
    },
    poll::Poll,
    sticker::{Sticker, StickerItem},
    user::User,
};

/// What a message that is only text does not have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct More {
    pub(super) mentions: Box<[UserId]>,
    pub(super) mention_roles: Box<[RoleId]>,
    pub(super) attachments: Box<[Attachment]>,
    pub(super) embeds: Box<[Embed]>,
    pub(super) components: Box<[Component]>,
    pub(super) reference: Option<Box<MessageReference>>,
    pub(super) poll: Option<Box<Poll>>,
    pub(super) rare: Option<Box<Rare>>,
}

/// What few messages have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rare {
    pub(super) webhook_id: Option<WebhookId>,
    /// As the webhook called itself in this message: it is no user.
    pub(super) webhook_author: Option<Box<User>>,
    pub(super) mention_channels: Box<[ChannelMention]>,
    pub(super) activity: Option<Box<MessageActivity>>,
    pub(super) application: Option<Box<PartialApplication>>,
    pub(super) application_id: Option<ApplicationId>,
    pub(super) snapshots: Box<[MessageSnapshot]>,
    pub(super) interaction_metadata: Option<Box<InteractionMetadata>>,
    pub(super) interaction: Option<Box<MessageInteraction>>,
    pub(super) sticker_items: Box<[StickerItem]>,
    pub(super) stickers: Box<[Sticker]>,
    pub(super) role_subscription_data: Option<Box<RoleSubscriptionData>>,
    pub(super) resolved: Option<Box<ResolvedData>>,
    pub(super) call: Option<Box<MessageCall>>,
    pub(super) shared_client_theme: Option<Box<SharedClientTheme>>,
    /// A kind of tomorrow, with a number beyond what a row holds.
    pub(super) kind: Option<MessageType>,
    /// Flags of tomorrow, with numbers beyond what a row holds.
    pub(super) flags: Option<MessageFlags>,
    /// A place in a thread beyond what a row holds.
    pub(super) position: Option<i64>,
}

impl More {
    /// What there is of it in a message. `beyond` adds what the row has no room for.
    pub(super) fn new(message: &Message, beyond: impl FnOnce(&mut Rare)) -> Self {
        let webhook = message.webhook_id;
        let mut rare = Rare {
            webhook_id: webhook,
            webhook_author: webhook.map(|_| Box::new(message.author.clone())),
            mention_channels: list(message.mention_channels.as_ref()),
            activity: message.activity.clone(),
            application: message.application.clone(),
            application_id: message.application_id,
            snapshots: list(message.message_snapshots.as_ref()),
            interaction_metadata: message.interaction_metadata.clone(),
            interaction: message.interaction.clone(),
            sticker_items: list(message.sticker_items.as_ref()),
            stickers: list(message.stickers.as_ref()),
            role_subscription_data: message.role_subscription_data.clone(),
            resolved: message.resolved.clone(),
            call: message.call.clone(),
            shared_client_theme: message.shared_client_theme.clone(),
            kind: None,
            flags: None,
            position: None,
        };
        beyond(&mut rare);
        Self {
            mentions: message.mentions.iter().map(|user| user.id).collect(),
            mention_roles: message.mention_roles.as_slice().into(),
            attachments: message.attachments.as_slice().into(),
            embeds: message.embeds.as_slice().into(),
            components: list(message.components.as_ref()),
            reference: message.message_reference.clone(),
            poll: message.poll.clone(),
            rare: (rare != Rare::default()).then(|| Box::new(rare)),
        }
    }
}

/// A list that is as good as absent when it is empty.
fn list<T: Clone>(told: Option<&Vec<T>>) -> Box<[T]> {
    told.map_or(&[][..], Vec::as_slice).into()
}

impl HeapSize for More {
    fn heap_size(&self) -> usize {
        self.mentions.heap_size()
            + self.mention_roles.heap_size()
            + self.attachments.heap_size()
            + self.embeds.heap_size()
            + self.components.heap_size()
            + self.reference.heap_size()
            + self.poll.heap_size()
            + self.rare.heap_size()
    }
}

impl HeapSize for Rare {
    fn heap_size(&self) -> usize {
        self.webhook_author.heap_size()
            + self.mention_channels.heap_size()
            + self.activity.heap_size()
            + self.application.heap_size()
            + self.snapshots.heap_size()
            + self.interaction_metadata.heap_size()
            + self.interaction.heap_size()
            + self.sticker_items.heap_size()
            + self.stickers.heap_size()
            + self.role_subscription_data.heap_size()
            + self.resolved.heap_size()
            + self.call.heap_size()
            + self.shared_client_theme.heap_size()
    }
}
