use super::{Check, Validate, component_tree, embed, limits};
use crate::{
    Text,
    component::Component,
    message::{
        AllowedMentions, AttachmentRequest, BulkDeleteMessages, CreateMessage, EditMessage, Embed,
        MessageFlags, MessageReference, MessageReferenceType, Nonce, SharedClientTheme,
    },
    poll::CreatePoll,
};

impl Validate for CreateMessage {
    fn check(&self, check: &mut Check) {
        if let Some(Nonce::String(nonce)) = &self.nonce {
            check.chars("nonce", nonce, limits::MESSAGE_NONCE);
        }
        if self.enforce_nonce == Some(true) && self.nonce.is_none() {
            check.missing("nonce", "there is none that `enforce_nonce` could compare");
        }
        let body = Body {
            content: self.content.as_ref(),
            embeds: self.embeds.as_deref(),
            allowed_mentions: self.allowed_mentions.as_ref(),
            components: self.components.as_deref(),
            attachments: self.attachments.as_deref(),
            poll: self.poll.as_ref(),
            stickers: self.sticker_ids.as_ref().map_or(0, Vec::len),
            flags: Flags::Set(self.flags.unwrap_or_default()),
        };
        body.check(check);
        check.inside("shared_client_theme", self.shared_client_theme.as_ref());
        check.inside("message_reference", self.message_reference.as_ref());
        let forwards = self.message_reference.as_ref().is_some_and(|reference| {
            reference.kind.unwrap_or_default() != MessageReferenceType::Default
        });
        if body.is_empty() && self.shared_client_theme.is_none() && !forwards {
            check.missing("content", EMPTY);
        }
    }
}

/// What a message consists of, wherever it is sent.
pub(super) struct Body<'a> {
    pub(super) content: Option<&'a Text>,
    pub(super) embeds: Option<&'a [Embed]>,
    pub(super) allowed_mentions: Option<&'a AllowedMentions>,
    pub(super) components: Option<&'a [Component]>,
    pub(super) attachments: Option<&'a [AttachmentRequest]>,
    pub(super) poll: Option<&'a CreatePoll>,
    pub(super) stickers: usize,
    pub(super) flags: Flags,
}

/// What is known of a message's flags.
#[derive(Clone, Copy)]
pub(super) enum Flags {
    /// All of them.
    Set(MessageFlags),
    /// The message may have more already: `IS_COMPONENTS_V2` stays.
    Edited(MessageFlags),
}

/// Why a message without content is refused.
pub(super) const EMPTY: &str =
    "a message needs text, embeds, stickers, components, a poll or `attachments`";

const WITH_COMPONENTS_V2: &str = "with `IS_COMPONENTS_V2` a message consists of `components` only";

impl Body<'_> {
    pub(super) fn check(&self, check: &mut Check) {
        check.chars("content", self.content, limits::MESSAGE_CONTENT);
        embed::embeds(check, self.embeds.unwrap_or_default());
        check.inside("allowed_mentions", self.allowed_mentions);
        check.count("sticker_ids", self.stickers, limits::MESSAGE_STICKERS);
        let attachments = self.attachments.unwrap_or_default();
        check.list("attachments", attachments, limits::MESSAGE_ATTACHMENTS);
        check.inside("poll", self.poll);
        if let Flags::Set(flags) = self.flags
            && flags.contains(MessageFlags::IS_VOICE_MESSAGE)
        {
            self.check_voice(check);
        }
        let components = self.components.unwrap_or_default();
        component_tree::in_message(check, components, self.flags);
        if self.is_of_components() {
            let text = self.content.is_some_and(|content| !content.is_empty());
            for (there, field) in [
                (text, "content"),
                (
                    self.embeds.is_some_and(|embeds| !embeds.is_empty()),
                    "embeds",
                ),
                (self.stickers > 0, "sticker_ids"),
                (self.poll.is_some(), "poll"),
            ] {
                if there {
                    check.not_allowed(field, WITH_COMPONENTS_V2);
                }
            }
        }
    }

    /// A voice message is one recording and nothing else.
    fn check_voice(&self, check: &mut Check) {
        let attachments = self.attachments.unwrap_or_default();
        check.count("attachments", attachments.len(), 1..=1);
        check.each("attachments", attachments, |check, recording| {
            if recording.duration_secs.is_none() {
                check.missing("duration_secs", "a voice message has a length");
            }
            if recording.waveform.is_none() {
                check.missing("waveform", "a voice message shows its loudness");
            }
        });
        let text = self.content.is_some_and(|content| !content.is_empty());
        for (there, field) in [
            (text, "content"),
            (
                self.embeds.is_some_and(|embeds| !embeds.is_empty()),
                "embeds",
            ),
            (
                self.components
                    .is_some_and(|components| !components.is_empty()),
                "components",
            ),
            (self.stickers > 0, "sticker_ids"),
            (self.poll.is_some(), "poll"),
        ] {
            if there {
                check.not_allowed(field, "a voice message has one attachment and nothing else");
            }
        }
    }

    /// Whether it has nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        self.content.is_none_or(|content| content.trim().is_empty())
            && self.embeds.is_none_or(<[_]>::is_empty)
            && self.components.is_none_or(<[_]>::is_empty)
            && self.attachments.is_none_or(<[_]>::is_empty)
            && self.poll.is_none()
            && self.stickers == 0
    }

    const fn is_of_components(&self) -> bool {
        let (Flags::Set(flags) | Flags::Edited(flags)) = self.flags;
        flags.contains(MessageFlags::IS_COMPONENTS_V2)
    }
}

impl Validate for EditMessage {
    fn check(&self, check: &mut Check) {
        let body = Body {
            content: self.content.as_ref().and_then(Option::as_ref),
            embeds: self.embeds.as_ref().and_then(Option::as_deref),
            allowed_mentions: self.allowed_mentions.as_ref().and_then(Option::as_ref),
            components: self.components.as_ref().and_then(Option::as_deref),
            attachments: self.attachments.as_ref().and_then(Option::as_deref),
            poll: None,
            stickers: 0,
            flags: Flags::Edited(self.flags.flatten().unwrap_or_default()),
        };
        body.check(check);
    }
}

impl Validate for MessageReference {
    fn check(&self, check: &mut Check) {
        let kind = self.kind.unwrap_or_default();
        if kind.is_known() && self.message_id.is_none() {
            check.missing(
                "message_id",
                "it names the message that is answered or forwarded",
            );
        }
        if kind == MessageReferenceType::Forward && self.channel_id.is_none() {
            check.missing("channel_id", "a forward names the channel of the message");
        }
    }
}

impl Validate for BulkDeleteMessages {
    fn check(&self, check: &mut Check) {
        check.count(
            "messages",
            self.messages.len(),
            limits::BULK_DELETE_MESSAGES,
        );
    }
}

impl Validate for AttachmentRequest {
    fn check(&self, check: &mut Check) {
        let description = self.description.as_ref();
        check.chars("description", description, limits::ATTACHMENT_DESCRIPTION);
    }
}

impl Validate for SharedClientTheme {
    fn check(&self, check: &mut Check) {
        check.count("colors", self.colors.len(), 1..=limits::CLIENT_THEME_COLORS);
        let angle = self.gradient_angle;
        check.number(
            "gradient_angle",
            Some(angle),
            limits::CLIENT_THEME_GRADIENT_ANGLE,
        );
        check.number(
            "base_mix",
            Some(self.base_mix),
            limits::CLIENT_THEME_BASE_MIX,
        );
    }
}
