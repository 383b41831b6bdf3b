//! Messages and the reactions to them.

use polycord_types::{
    id::{ChannelId, MessageId, UserId},
    message::{CreateMessage, EditMessage, Message},
};

use super::{delete, get, patch, post, put, with};
use crate::{call::Call, client::Rest};

impl Rest {
    /// A message; needs `READ_MESSAGE_HISTORY`.
    ///
    /// See <https://docs.discord.com/developers/resources/message#get-channel-message>.
    pub fn message(&self, channel: ChannelId, message: MessageId) -> Call<Message> {
        Call::json(
            self,
            get(
                "/channels/{channel_id}/messages/{message_id}",
                &[&channel, &message],
            ),
        )
    }

    /// Writes a message; needs `SEND_MESSAGES`.
    ///
    /// See <https://docs.discord.com/developers/resources/message#create-message>.
    pub fn create_message(&self, channel: ChannelId, message: &CreateMessage) -> Call<Message> {
        // Discord keeps an enforced nonce for a few minutes: the same one makes no second message.
        let once = message.nonce.is_some() && message.enforce_nonce == Some(true);
        let request = with(
            post("/channels/{channel_id}/messages", &[&channel]),
            message,
        )
        .map(|request| request.idempotent(once));
        Call::json(self, request)
    }

    /// Changes a message that the bot wrote.
    ///
    /// See <https://docs.discord.com/developers/resources/message#edit-message>.
    pub fn edit_message(
        &self,
        channel: ChannelId,
        message: MessageId,
        changes: &EditMessage,
    ) -> Call<Message> {
        let route = patch(
            "/channels/{channel_id}/messages/{message_id}",
            &[&channel, &message],
        );
        // The changes replace what was there, so twice is as good as once.
        let request = with(route, changes).map(|request| request.idempotent(true));
        Call::json(self, request)
    }

    /// Deletes a message; one of somebody else needs `MANAGE_MESSAGES`.
    ///
    /// See <https://docs.discord.com/developers/resources/message#delete-message>.
    pub fn delete_message(&self, channel: ChannelId, message: MessageId) -> Call<()> {
        Call::done(
            self,
            delete(
                "/channels/{channel_id}/messages/{message_id}",
                &[&channel, &message],
            ),
        )
    }

    /// Adds the bot's reaction; `emoji` is the character itself, or `name:id` for a custom one.
    ///
    /// See <https://docs.discord.com/developers/resources/message#create-reaction>.
    pub fn create_reaction(&self, channel: ChannelId, message: MessageId, emoji: &str) -> Call<()> {
        let request = put(
            "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
            &[&channel, &message, &emoji],
        );
        Call::done(self, request)
    }

    /// Takes the bot's reaction back.
    ///
    /// See <https://docs.discord.com/developers/resources/message#delete-own-reaction>.
    pub fn delete_own_reaction(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: &str,
    ) -> Call<()> {
        let request = delete(
            "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
            &[&channel, &message, &emoji],
        );
        Call::done(self, request)
    }

    /// Takes a user's reaction away; needs `MANAGE_MESSAGES`.
    ///
    /// See <https://docs.discord.com/developers/resources/message#delete-user-reaction>.
    pub fn delete_user_reaction(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: &str,
        user: UserId,
    ) -> Call<()> {
        let request = delete(
            "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}",
            &[&channel, &message, &emoji, &user],
        );
        Call::done(self, request)
    }
}
