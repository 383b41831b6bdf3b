//! Reactions to messages, and votes in their polls.

use polycord_types::{
    emoji::Emoji,
    gateway::payload::{MessageReactionAdd, MessageReactionRemove},
    id::{ChannelId, MessageId, UserId},
    poll::PollAnswerCount,
};

use super::Writer;
use crate::cache::books::Deed;
use crate::cache::data::GuildData;
use crate::cache::entry::Messages;
use crate::cache::rows::{CachedReaction, MessageRow};

type Key = (ChannelId, MessageId);

impl Writer<'_> {
    pub(in crate::cache) fn reaction_add(
        &mut self,
        data: &mut GuildData,
        event: &MessageReactionAdd,
    ) {
        let deed = Deed::reaction(&event.emoji, event.burst);
        let (key, user) = ((event.channel_id, event.message_id), event.user_id);
        let is_own = self.books.current_user == Some(user);
        if self.is_repeated(data, key, user, deed, true) {
            return;
        }
        self.change_reactions(data, key, |reactions| {
            let place = reactions.iter().position(|it| it.is_with(&event.emoji));
            let place = place.unwrap_or_else(|| {
                reactions.push(CachedReaction::none(&event.emoji));
                reactions.len() - 1
            });
            let Some(reaction) = reactions.get_mut(place) else {
                return;
            };
            // What was told with the message may have this one in it.
            if is_own && reaction.is_ours(event.burst) {
                return;
            }
            reaction.count_one(true, event.burst, is_own);
            if let Some(colors) = &event.burst_colors {
                reaction.set_burst_colors(colors);
            }
        });
    }

    pub(in crate::cache) fn reaction_remove(
        &mut self,
        data: &mut GuildData,
        event: &MessageReactionRemove,
    ) {
        let deed = Deed::reaction(&event.emoji, event.burst);
        let (key, user) = ((event.channel_id, event.message_id), event.user_id);
        let is_own = self.books.current_user == Some(user);
        if self.is_repeated(data, key, user, deed, false) {
            return;
        }
        self.change_reactions(data, key, |reactions| {
            for reaction in &mut *reactions {
                if reaction.is_with(&event.emoji) && (!is_own || reaction.is_ours(event.burst)) {
                    reaction.count_one(false, event.burst, is_own);
                }
            }
            reactions.retain(|reaction| reaction.count() > 0);
        });
    }

    /// All reactions to a message are gone, or those with one emoji.
    pub(in crate::cache) fn reactions_clear(
        &mut self,
        data: &mut GuildData,
        key: Key,
        emoji: Option<&Emoji>,
    ) {
        // Everybody may react anew.
        let deeds = &mut self.books.of_guild(data.id).deeds;
        deeds.retain(|(message, _, deed), _| *message != key.1 || !deed.is_reaction(emoji));
        self.change_reactions(data, key, |reactions| {
            reactions.retain(|reaction| emoji.is_some_and(|emoji| !reaction.is_with(emoji)));
        });
    }

    /// Somebody voted for an answer of a poll, or took a vote back.
    pub(in crate::cache) fn vote(
        &mut self,
        data: &mut GuildData,
        key: Key,
        user: UserId,
        answer: u32,
        is_more: bool,
    ) {
        if self.is_repeated(data, key, user, Deed::Vote(answer), is_more) {
            return;
        }
        let is_own = self.books.current_user == Some(user);
        self.change_message(data, key, |row| {
            // Votes that are not known are not none, and those of a poll that has ended are counted exactly.
            let results = row.poll_results().filter(|results| !results.is_finalized);
            let Some(mut results) = results.cloned() else {
                return;
            };
            let counts = &mut results.answer_counts;
            let place = counts.iter().position(|count| count.id == answer);
            let place = place.unwrap_or_else(|| {
                counts.push(PollAnswerCount {
                    id: answer,
                    ..PollAnswerCount::default()
                });
                counts.len() - 1
            });
            if let Some(votes) = counts.get_mut(place) {
                votes.count = if is_more {
                    votes.count.saturating_add(1)
                } else {
                    votes.count.saturating_sub(1)
                };
                votes.me_voted = if is_own { is_more } else { votes.me_voted };
            }
            row.set_poll_results(results);
        });
    }

    /// Whether it was heard already what a user did to a cached message.
    fn is_repeated(
        &mut self,
        data: &GuildData,
        key: Key,
        user: UserId,
        deed: Deed,
        is_more: bool,
    ) -> bool {
        let deeds = &mut self.books.of_guild(data.id).deeds;
        data.tables.messages.contains(key) && deeds.is_repeated((key.1, user, deed), is_more)
    }

    fn change_reactions(
        &mut self,
        data: &mut GuildData,
        key: Key,
        work: impl FnOnce(&mut Vec<CachedReaction>),
    ) {
        self.change_message(data, key, |row| {
            let mut reactions = row.reactions().to_vec();
            work(&mut reactions);
            row.set_reactions(reactions);
        });
    }

    fn change_message(
        &mut self,
        data: &mut GuildData,
        key: Key,
        work: impl FnOnce(&mut MessageRow),
    ) {
        if let Some(mut row) = self.known::<Messages>(data, key).cloned() {
            work(&mut row);
            self.put::<Messages>(data, key, row);
        }
    }
}
