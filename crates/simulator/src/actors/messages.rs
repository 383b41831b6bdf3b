//! Messages, reactions, typing.

use polycord_types::id::{ChannelId, MessageId, UserId};
use serde_json::{Map, json};

use super::must_exist;
use crate::rest::reactions::emoji_in;
use crate::simulator::Simulator;
use crate::world::objects;

impl Simulator {
    /// A user writes a message.
    ///
    /// # Panics
    ///
    /// If there is no such channel or user, or if auto moderation blocks it: see
    /// [`try_say`](Self::try_say).
    #[track_caller]
    pub fn say(&self, channel: ChannelId, user: UserId, text: &str) -> MessageId {
        self.act(|core, state| {
            must_exist(state, channel, user);
            let message = core.speak(state, channel.get(), user.get(), text, Map::new());
            let Some(message) = message else {
                panic!("auto moderation blocks {text:?}")
            };
            MessageId::new(objects::id(&message))
        })
    }

    /// A user writes to the bot in private. Gives the channel, too.
    ///
    /// # Panics
    ///
    /// If there is no such user.
    #[track_caller]
    pub fn say_privately(&self, user: UserId, text: &str) -> (ChannelId, MessageId) {
        self.act(|core, state| {
            let Some(channel) = core.direct_channel(state, user.get()) else {
                panic!("there is no user {user} in this world")
            };
            let message = core.post(state, channel, user.get(), text, Map::new());
            (
                ChannelId::new(channel),
                MessageId::new(objects::id(&message)),
            )
        })
    }

    /// The author edits a message. Whether it was there.
    pub fn edit(&self, channel: ChannelId, message: MessageId, text: &str) -> bool {
        self.act(|core, state| {
            let body = json!({ "content": text });
            core.change_message(state, channel.get(), message.get(), &body)
                .is_some()
        })
    }

    /// A message is deleted. Whether it was there.
    pub fn delete_message(&self, channel: ChannelId, message: MessageId) -> bool {
        self.act(|core, state| core.remove_message(state, channel.get(), message.get()))
    }

    /// A user reacts with an emoji: itself, or `name:id`.
    ///
    /// # Panics
    ///
    /// If that is no emoji.
    #[track_caller]
    pub fn react(&self, channel: ChannelId, message: MessageId, user: UserId, emoji: &str) {
        self.set_reaction(channel, message, user, emoji, true);
    }

    /// A user takes a reaction back.
    ///
    /// # Panics
    ///
    /// If that is no emoji.
    #[track_caller]
    pub fn unreact(&self, channel: ChannelId, message: MessageId, user: UserId, emoji: &str) {
        self.set_reaction(channel, message, user, emoji, false);
    }

    #[track_caller]
    fn set_reaction(
        &self,
        channel: ChannelId,
        message: MessageId,
        user: UserId,
        emoji: &str,
        on: bool,
    ) {
        let Some(emoji) = emoji_in(emoji) else {
            panic!("{emoji:?} is no emoji: use a character, or `name:id`")
        };
        self.act(|core, state| {
            let message = (channel.get(), message.get());
            core.set_reaction(state, message, user.get(), &emoji, on);
        });
    }

    /// A user starts typing.
    pub fn typing(&self, channel: ChannelId, user: UserId) {
        self.act(|core, state| core.start_typing(state, channel.get(), user.get()));
    }
}
