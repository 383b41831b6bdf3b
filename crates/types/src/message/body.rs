//! What the bodies of messages have in common, wherever they are sent: their lists, their flags, and that a text
//! or an embed alone is one.

use crate::{
    Text,
    component::Component,
    interaction::ResponseMessage,
    message::{AttachmentRequest, CreateMessage, EditMessage, Embed, MessageFlags},
    thread::ForumThreadMessage,
    webhook::{EditWebhookMessage, ExecuteWebhook},
};

macro_rules! new_messages {
    ($($Body:ty)*) => {$(
        impl $Body {
            /// A message that consists of components only, which may be those of V2.
            pub fn components_v2(components: impl IntoIterator<Item: Into<Component>>) -> Self {
                Self {
                    components: Some(components.into_iter().map(Into::into).collect()),
                    flags: Some(MessageFlags::IS_COMPONENTS_V2),
                    ..Self::default()
                }
            }

            /// Adds an embed. There can be ten.
            pub fn embed(mut self, embed: Embed) -> Self {
                self.embeds.get_or_insert_default().push(embed);
                self
            }

            /// Adds a component.
            pub fn component(mut self, component: impl Into<Component>) -> Self {
                let components = self.components.get_or_insert_default();
                components.push(component.into());
                self
            }

            /// Describes an uploaded file.
            pub fn attachment(mut self, attachment: AttachmentRequest) -> Self {
                self.attachments.get_or_insert_default().push(attachment);
                self
            }

            /// Adds flags.
            pub fn flags(mut self, flags: MessageFlags) -> Self {
                self.flags = Some(self.flags.unwrap_or_default() | flags);
                self
            }
        }
    )*};
}

macro_rules! edited_messages {
    ($($Body:ty)*) => {$(
        impl $Body {
            /// Adds an embed to those that replace the old ones. There can be ten.
            pub fn embed(mut self, embed: Embed) -> Self {
                let embeds = self.embeds.get_or_insert_default();
                embeds.get_or_insert_default().push(embed);
                self
            }

            /// Replaces the embeds; an empty list removes them.
            pub fn embeds(mut self, embeds: impl IntoIterator<Item = Embed>) -> Self {
                self.embeds = Some(Some(embeds.into_iter().collect()));
                self
            }

            /// Adds a component to those that replace the old ones.
            pub fn component(mut self, component: impl Into<Component>) -> Self {
                let components = self.components.get_or_insert_default();
                components.get_or_insert_default().push(component.into());
                self
            }

            /// Replaces the components; an empty list removes them.
            pub fn components(mut self, components: impl IntoIterator<Item = Component>) -> Self {
                self.components = Some(Some(components.into_iter().collect()));
                self
            }

            /// Replaces what files it has: attachments to keep, and those that are uploaded.
            pub fn attachments(
                mut self,
                attachments: impl IntoIterator<Item = AttachmentRequest>,
            ) -> Self {
                self.attachments = Some(Some(attachments.into_iter().collect()));
                self
            }
        }
    )*};
}

macro_rules! from_content {
    ($($Body:ty)*) => {$(
        impl From<&str> for $Body {
            fn from(content: &str) -> Self {
                Self::default().content(content)
            }
        }

        impl From<String> for $Body {
            fn from(content: String) -> Self {
                Self::default().content(content)
            }
        }

        impl From<Text> for $Body {
            fn from(content: Text) -> Self {
                Self::default().content(content)
            }
        }

        impl From<Embed> for $Body {
            fn from(embed: Embed) -> Self {
                Self::default().embed(embed)
            }
        }
    )*};
}

new_messages! { CreateMessage ExecuteWebhook ForumThreadMessage ResponseMessage }
edited_messages! { EditMessage EditWebhookMessage }
from_content! {
    CreateMessage EditMessage EditWebhookMessage ExecuteWebhook ForumThreadMessage ResponseMessage
}
