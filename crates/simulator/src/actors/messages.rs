//! Messages, reactions, typing.

use bytes::Bytes;
use polycord_types::id::{ChannelId, MessageId, UserId};
use serde_json::{Value, json};

use super::{Refusal, describe_channel, describe_user};
use crate::rest::multipart::Upload;
use crate::rest::reactions::emoji_in;
use crate::simulator::Simulator;
use crate::world::objects;

/// What people write.
impl Simulator {
    /// A user writes a message, as their client would send it: `MESSAGE_CREATE`. What has files, stickers
    /// or a forwarded message is written with [`upload`](Self::upload) or with
    /// [`request_as`](Self::request_as).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use polycord_simulator::Simulator;
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sim = Simulator::builder().in_memory().start().await?;
    /// let (general, ada) = (sim.channel("general"), sim.user("ada"));
    /// let question = sim.say(general, ada, "is anybody here?");
    /// sim.reply(general, question, sim.user("grace"), "yes");
    /// sim.react(general, question, ada, "🎉");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If Discord would refuse it, with its reason: no such channel or user, somebody who may not write
    /// there, a text that is empty or too long, auto moderation. See [`try_say`](Self::try_say).
    #[track_caller]
    pub fn say(&self, channel: ChannelId, user: UserId, text: &str) -> MessageId {
        let said = self.try_say(channel, user, text);
        self.insist(channel, user, "write", said)
    }

    /// As [`say`](Self::say), where Discord may refuse it: a test of what the bot forbids.
    ///
    /// # Errors
    ///
    /// If the user may not write there (403), the text is no message (400), or a rule of auto moderation
    /// blocks it (400 with code 200000; what the rule does comes as `AUTO_MODERATION_ACTION_EXECUTION`).
    pub fn try_say(
        &self,
        channel: ChannelId,
        user: UserId,
        text: &str,
    ) -> Result<MessageId, Refusal> {
        self.write(channel, user, &json!({ "content": text }), &[])
    }

    /// A user answers a message, whose author is mentioned by that.
    ///
    /// # Panics
    ///
    /// As [`say`](Self::say), and if there is no such message.
    #[track_caller]
    pub fn reply(
        &self,
        channel: ChannelId,
        message: MessageId,
        user: UserId,
        text: &str,
    ) -> MessageId {
        let reference = json!({ "message_id": message.to_string() });
        let body = json!({ "content": text, "message_reference": reference });
        let said = self.write(channel, user, &body, &[]);
        self.insist(channel, user, "answer", said)
    }

    /// A user writes a message with files: names and what is in them. The text may be empty.
    ///
    /// # Panics
    ///
    /// As [`say`](Self::say), and without files, with more than 10, or with one that is too large.
    #[track_caller]
    pub fn upload(
        &self,
        channel: ChannelId,
        user: UserId,
        text: &str,
        files: &[(&str, &[u8])],
    ) -> MessageId {
        assert!(!files.is_empty(), "there are no files: use `say`");
        let files = files
            .iter()
            .enumerate()
            .map(|(number, (name, bytes))| Upload {
                field: format!("files[{number}]"),
                name: (*name).to_owned(),
                content_type: None,
                bytes: Bytes::copy_from_slice(bytes),
            });
        let files: Vec<Upload> = files.collect();
        let said = self.write(channel, user, &json!({ "content": text }), &files);
        self.insist(channel, user, "upload files", said)
    }

    /// A user writes to the bot in private. Gives the channel, too.
    ///
    /// # Panics
    ///
    /// If there is no such user, if it is the bot itself, or if that is no message.
    #[track_caller]
    pub fn say_privately(&self, user: UserId, text: &str) -> (ChannelId, MessageId) {
        let channel = self.act(|core, state| {
            assert!(
                user.get() != state.world.bot,
                "the bot does not write to itself in private"
            );
            let Some(channel) = core.direct_channel(state, user.get()) else {
                panic!("there is no user {user} in this world")
            };
            ChannelId::new(channel)
        });
        (channel, self.say(channel, user, text))
    }

    /// The author edits a message: `MESSAGE_UPDATE`.
    ///
    /// # Panics
    ///
    /// If it is not there (any more), or if Discord would refuse it: the author has left, or auto
    /// moderation blocks it.
    #[track_caller]
    pub fn edit(&self, channel: ChannelId, message: MessageId, text: &str) {
        let author = UserId::new(self.author(channel, message).max(1));
        let path = format!("/channels/{channel}/messages/{message}");
        let edited = self.request_as(author, "PATCH", &path, &json!({ "content": text }));
        self.insist(channel, author, "edit a message", edited);
    }

    /// A message is deleted, by somebody who may: `MESSAGE_DELETE`.
    ///
    /// # Panics
    ///
    /// If it is not there (any more).
    #[track_caller]
    pub fn delete_message(&self, channel: ChannelId, message: MessageId) {
        self.author(channel, message);
        self.act(|core, state| core.remove_message(state, channel.get(), message.get()));
    }

    /// Who wrote a message, which has to be there.
    #[track_caller]
    fn author(&self, channel: ChannelId, message: MessageId) -> u64 {
        self.act(|_, state| {
            let found = state.world.message(channel.get(), message.get());
            let Some(found) = found else {
                panic!("there is no message {message} in channel {channel}")
            };
            objects::id(&found["author"])
        })
    }

    pub(super) fn write(
        &self,
        channel: ChannelId,
        user: UserId,
        body: &Value,
        files: &[Upload],
    ) -> Result<MessageId, Refusal> {
        self.act(|core, state| {
            core.act_as(state, user, |core, state| {
                let message = core.say(state, channel.get(), body, files)?;
                Ok(MessageId::new(objects::id(&message).max(1)))
            })
        })
    }
}

/// Reactions, and typing.
impl Simulator {
    /// A user reacts with an emoji: itself, or `name:id`. Whether that changed anything: they may have done
    /// so before.
    ///
    /// # Panics
    ///
    /// If that is no emoji, or if Discord would refuse it: no such message, somebody who may not, an emoji
    /// that does not exist, more than 20 different ones.
    #[track_caller]
    pub fn react(&self, channel: ChannelId, message: MessageId, user: UserId, emoji: &str) -> bool {
        self.set_reaction(channel, message, user, emoji, true)
    }

    /// A user takes a reaction back. Whether there was one of theirs.
    ///
    /// # Panics
    ///
    /// If that is no emoji, or if there is no such message.
    #[track_caller]
    pub fn unreact(
        &self,
        channel: ChannelId,
        message: MessageId,
        user: UserId,
        emoji: &str,
    ) -> bool {
        self.set_reaction(channel, message, user, emoji, false)
    }

    /// A user starts typing: `TYPING_START`.
    ///
    /// # Panics
    ///
    /// If there is no such channel or user, or if the user may not write there.
    #[track_caller]
    pub fn typing(&self, channel: ChannelId, user: UserId) {
        let typing = self.act(|core, state| {
            core.act_as(state, user, |core, state| {
                core.may_send(state, channel.get())?;
                core.start_typing(state, channel.get(), user.get());
                Ok(())
            })
        });
        self.insist(channel, user, "type", typing);
    }

    #[track_caller]
    fn set_reaction(
        &self,
        channel: ChannelId,
        message: MessageId,
        user: UserId,
        emoji: &str,
        on: bool,
    ) -> bool {
        assert!(
            emoji_in(emoji).is_some(),
            "{emoji:?} is no emoji: use a character, or `name:id`"
        );
        self.author(channel, message);
        let place = (channel.get(), message.get());
        let done = self.act(|core, state| {
            core.act_as(state, user, |core, state| {
                if on {
                    core.give_reaction(state, place, emoji)
                } else {
                    core.take_reaction(state, place, emoji)
                }
            })
        });
        // What nobody reacted with cannot be taken back.
        let done = done.or_else(|refusal| match refusal.code() {
            10_014 if !on => Ok(false),
            _ => Err(refusal),
        });
        self.insist(channel, user, "react", done)
    }
}

impl Simulator {
    /// What a person did, unless Discord refuses it.
    #[track_caller]
    pub(super) fn insist<R>(
        &self,
        channel: ChannelId,
        user: UserId,
        what: &str,
        answer: Result<R, Refusal>,
    ) -> R {
        match answer {
            Ok(done) => done,
            Err(refusal) => {
                let (who, place) = self
                    .act(|_, state| (describe_user(state, user), describe_channel(state, channel)));
                panic!("{who} cannot {what} in {place}: {refusal}")
            }
        }
    }
}
