//! Messages as the cache keeps them.

mod more;
mod reaction;
mod shown;

use std::sync::Arc;

use polycord_types::{
    HeapSize, Text, Timestamp,
    id::{RoleId, UserId, WebhookId},
    message::{Message, MessageFlags, MessageType},
    poll::PollResults,
    user::User,
};

use self::more::{More, Rare};
pub use self::reaction::CachedReaction;
pub use self::shown::CachedMessage;

/// The place in a thread of a message that has none.
const NO_POSITION: u32 = u32::MAX;

/// Stands for a kind that is among what is rare.
const RARE_KIND: u8 = u8::MAX;

const TTS: u8 = 1 << 0;
const PINNED: u8 = 1 << 1;
const EVERYONE: u8 = 1 << 2;
/// The message that it answers is gone.
const ORIGINAL_GONE: u8 = 1 << 3;

/// A message in as few bytes as it takes. Of users it holds the ids: names are those of the table of users.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MessageRow {
    content: Text,
    author: UserId,
    timestamp: Timestamp,
    edited: Option<Timestamp>,
    reactions: Option<Arc<[CachedReaction]>>,
    /// What a message that is only text does not have.
    more: Option<Arc<More>>,
    position: u32,
    /// `None` of them is 0; what does not fit is among what is rare.
    flags: u16,
    kind: u8,
    marks: u8,
}

impl MessageRow {
    /// A message as it is told when it is made.
    pub(crate) fn new(message: &Message) -> Self {
        let kind = u8::try_from(message.kind.value()).unwrap_or(RARE_KIND);
        let told = message.flags.unwrap_or_default();
        let flags = u16::try_from(told.bits()).ok();
        let position = u32::try_from(message.position.unwrap_or(-1)).unwrap_or(NO_POSITION);
        let reactions = message.reactions.as_deref();
        let reactions = reactions.filter(|reactions| !reactions.is_empty());
        let more = More::new(message, |rare| {
            rare.kind = (kind == RARE_KIND).then_some(message.kind);
            rare.flags = flags.is_none().then_some(told);
            rare.position = message.position.filter(|_| position == NO_POSITION);
        });
        let mark = |mark, is_set: bool| if is_set { mark } else { 0 };
        Self {
            content: message.content.clone(),
            author: message.author.id,
            timestamp: message.timestamp,
            edited: message.edited_timestamp,
            reactions: reactions.map(|all| all.iter().map(CachedReaction::new).collect()),
            more: (more != More::default()).then(|| Arc::new(more)),
            position,
            flags: flags.unwrap_or_default(),
            kind,
            marks: mark(TTS, message.tts)
                | mark(PINNED, message.pinned)
                | mark(EVERYONE, message.mention_everyone)
                | mark(ORIGINAL_GONE, message.referenced_message == Some(None)),
        }
    }

    /// The message after `MESSAGE_UPDATE`, which tells all of it but a few things.
    pub(crate) fn updated(&self, message: &Message) -> Self {
        let mut new = Self::new(message);
        // It always says that nothing is read aloud.
        new.marks |= self.marks & TTS;
        if message.reactions.is_none() {
            new.reactions.clone_from(&self.reactions);
        } else if let Some(reactions) = &mut new.reactions {
            // What is told to everybody cannot tell which of them are ours.
            for reaction in Arc::make_mut(reactions) {
                let own = self.reactions().iter().find(|own| own.is_same(reaction));
                reaction.keep_own(own);
            }
        }
        if let Some(results) = self.poll_results()
            && new
                .more()
                .and_then(|more| more.poll.as_deref())
                .is_some_and(|poll| poll.results.is_none())
        {
            new.set_poll_results(results.clone());
        }
        new
    }

    pub(crate) const fn author(&self) -> UserId {
        self.author
    }

    /// The users that have to stay for this message to be shown: who wrote it, unless that was a webhook, and who is
    /// mentioned.
    pub(crate) fn users(&self) -> impl Iterator<Item = UserId> {
        let author = Some(self.author).filter(|_| self.webhook().is_none());
        author.into_iter().chain(self.mentions().iter().copied())
    }

    pub(crate) fn mentions(&self) -> &[UserId] {
        self.more().map_or(&[], |more| &more.mentions)
    }

    pub(crate) fn mention_roles(&self) -> &[RoleId] {
        self.more().map_or(&[], |more| &more.mention_roles)
    }

    pub(crate) const fn mentions_everyone(&self) -> bool {
        self.marks & EVERYONE != 0
    }

    pub(crate) fn reactions(&self) -> &[CachedReaction] {
        self.reactions.as_deref().unwrap_or_default()
    }

    pub(crate) fn set_reactions(&mut self, reactions: Vec<CachedReaction>) {
        self.reactions = (!reactions.is_empty()).then(|| reactions.into());
    }

    /// The votes of the message's poll, if it has one whose votes are known.
    pub(crate) fn poll_results(&self) -> Option<&PollResults> {
        self.more()?.poll.as_ref()?.results.as_ref()
    }

    /// Nothing, if the message has no poll.
    pub(crate) fn set_poll_results(&mut self, results: PollResults) {
        if let Some(more) = &mut self.more
            && more.poll.is_some()
            && let Some(poll) = &mut Arc::make_mut(more).poll
        {
            poll.results = Some(results);
        }
    }

    /// A poll that was made just now has no votes.
    pub(crate) fn begin_poll(&mut self) {
        if self.poll_results().is_none() {
            self.set_poll_results(PollResults::default());
        }
    }

    fn webhook(&self) -> Option<(WebhookId, &User)> {
        let rare = self.rare()?;
        Some((rare.webhook_id?, rare.webhook_author.as_deref()?))
    }

    fn kind(&self) -> MessageType {
        let rare = self.rare().and_then(|rare| rare.kind);
        rare.unwrap_or_else(|| MessageType::from_value(self.kind.into()))
    }

    fn flags(&self) -> MessageFlags {
        let rare = self.rare().and_then(|rare| rare.flags);
        rare.unwrap_or_else(|| MessageFlags::from_bits_retain(self.flags.into()))
    }

    fn position(&self) -> Option<i64> {
        let rare = || self.rare().and_then(|rare| rare.position);
        let position = Some(self.position).filter(|position| *position != NO_POSITION);
        position.map(i64::from).or_else(rare)
    }

    fn more(&self) -> Option<&More> {
        self.more.as_deref()
    }

    fn rare(&self) -> Option<&Rare> {
        self.more()?.rare.as_deref()
    }
}

impl HeapSize for MessageRow {
    fn heap_size(&self) -> usize {
        self.content.heap_size() + self.reactions.heap_size() + self.more.heap_size()
    }
}
