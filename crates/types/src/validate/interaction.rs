use super::{
    Check, Validate, component_tree, limits,
    message::{Body, EMPTY, Flags},
};
use crate::interaction::{
    InteractionResponse, InteractionResponseData, InteractionResponseType, Modal, ResponseChoices,
    ResponseMessage,
};

impl Validate for InteractionResponse {
    fn check(&self, check: &mut Check) {
        let is_edit = self.kind == InteractionResponseType::UpdateMessage;
        match &self.data {
            Some(InteractionResponseData::Message(message)) => check.at("data", |check| {
                let flags = message.flags.unwrap_or_default();
                if is_edit {
                    body(message, Flags::Edited(flags)).check(check);
                } else if self.kind == InteractionResponseType::ChannelMessageWithSource {
                    message.check(check);
                } else {
                    // A response that is put off has flags only.
                    body(message, Flags::Set(flags)).check(check);
                }
            }),
            Some(InteractionResponseData::Choices(choices)) => check.inside("data", choices),
            Some(InteractionResponseData::Modal(modal)) => check.inside("data", modal),
            Some(InteractionResponseData::Unknown(_)) => {}
            None => {
                let needs_data = matches!(
                    self.kind,
                    InteractionResponseType::ChannelMessageWithSource
                        | InteractionResponseType::ApplicationCommandAutocompleteResult
                        | InteractionResponseType::Modal
                );
                if needs_data {
                    check.missing("data", "a response of this kind consists of something");
                }
            }
        }
    }
}

impl Validate for ResponseMessage {
    fn check(&self, check: &mut Check) {
        let body = body(self, Flags::Set(self.flags.unwrap_or_default()));
        body.check(check);
        if body.is_empty() {
            check.missing("content", EMPTY);
        }
    }
}

impl Validate for ResponseChoices {
    fn check(&self, check: &mut Check) {
        check.list("choices", &self.choices, limits::AUTOCOMPLETE_CHOICES);
    }
}

impl Validate for Modal {
    fn check(&self, check: &mut Check) {
        check.chars("custom_id", &self.custom_id, limits::CUSTOM_ID);
        check.chars("title", &self.title, limits::MODAL_TITLE);
        component_tree::in_modal(check, &self.components);
    }
}

fn body(message: &ResponseMessage, flags: Flags) -> Body<'_> {
    Body {
        content: message.content.as_ref(),
        embeds: message.embeds.as_deref(),
        allowed_mentions: message.allowed_mentions.as_ref(),
        components: message.components.as_deref(),
        attachments: message.attachments.as_deref(),
        poll: message.poll.as_ref(),
        stickers: 0,
        flags,
    }
}
